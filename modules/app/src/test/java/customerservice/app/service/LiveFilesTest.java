package customerservice.app.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.operations.HealthCheck;
import customerservice.testsupport.Warnings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of real files, with a content that is good unless it is "bad". */
class LiveFilesTest {

    @TempDir
    private Path folder;

    private final Warnings warnings = new Warnings(LiveFiles.class);
    private Path file;
    private Path other;
    private LiveFiles files;
    private String inForce = "first";
    private Optional<IOException> unreadable = Optional.empty();
    private Optional<Error> fault = Optional.empty();
    private int attempts;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("one"), inForce);
        other = Files.writeString(folder.resolve("other"), "");
        files = new LiveFiles("things", List.of(file, other), this::takeUp);
    }

    @AfterEach
    void end() {
        warnings.close();
    }

    private String takeUp() {
        attempts++;
        if (fault.isPresent()) {
            throw fault.get();
        }
        try {
            if (unreadable.isPresent()) {
                throw unreadable.get();
            }
            String content = Files.readString(file) + Files.readString(other);
            if (content.startsWith("bad")) {
                throw new IllegalArgumentException(file + ": is bad");
            }
            inForce = content;
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void lookUntilStill() {
        files.look();
        files.look();
    }

    @Test
    void whatDoesNotChangeIsNotTakenUp() {
        inForce = "untouched";
        lookUntilStill();

        assertEquals("untouched", inForce);
        assertTrue(files.check().up());
    }

    @Test
    void whatWasWrittenInPlaceIsTakenUp() throws IOException {
        Files.writeString(file, "second one");
        lookUntilStill();

        assertEquals("second one", inForce);
    }

    @Test
    void whatWasPutInItsPlaceIsTakenUpThoughItIsAsLong() throws IOException {
        Files.move(
                Files.writeString(folder.resolve("new"), "FIRST"), file, StandardCopyOption.ATOMIC_MOVE);
        lookUntilStill();

        assertEquals("FIRST", inForce);
    }

    @Test
    void whatIsBehindAnotherLinkIsTakenUp() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        var linked = new LiveFiles("things", List.of(link), () -> inForce = "by link");
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        linked.look();
        linked.look();

        assertEquals("by link", inForce);
    }

    @Test
    void aChangeOfOneOfTheFilesIsEnough() throws IOException {
        Files.writeString(other, ", and more");
        lookUntilStill();

        assertEquals("first, and more", inForce);
    }

    @Test
    void whatStillChangesIsNotTakenUpYet() throws IOException {
        Files.writeString(file, "second");
        files.look();
        Files.writeString(other, ", whole");
        files.look();
        assertEquals("first", inForce);
        files.look();

        assertEquals("second, whole", inForce);
    }

    @Test
    void whatIsNoGoodLeavesWhatIsInForce() throws IOException {
        Files.writeString(file, "bad one");
        lookUntilStill();

        assertEquals("first", inForce);
        assertEquals(
                new HealthCheck(
                        "things",
                        false,
                        "what was changed cannot be taken up, what was before stays in force: one: is bad"),
                files.check());
    }

    @Test
    void aFileThatIsGoneLeavesWhatIsInForce() throws IOException {
        Files.delete(file);
        lookUntilStill();

        assertEquals("first", inForce);
        assertFalse(files.check().up());
    }

    @Test
    void whatCouldNotBeReadIsReadAgain() throws IOException {
        Files.writeString(file, "second");
        unreadable = Optional.of(new IOException("Too many open files"));
        lookUntilStill();
        assertFalse(files.check().up());

        unreadable = Optional.empty();
        files.look();

        assertEquals("second", inForce);
        assertTrue(files.check().up());
    }

    @Test
    void thatItCannotBeReadIsToldOnce() throws IOException {
        Files.writeString(file, "bad one");
        unreadable = Optional.of(new IOException("Too many open files"));
        lookUntilStill();
        lookUntilStill();
        unreadable = Optional.empty();
        lookUntilStill();

        String warning = "things: what was changed cannot be taken up, what was before stays in force: ";
        assertEquals(
                List.of(warning + "Too many open files", warning + file + ": is bad"), warnings.messages());
    }

    @Test
    void whatIsNoGoodIsNotReadAgain() throws IOException {
        Files.writeString(file, "bad one");
        lookUntilStill();
        lookUntilStill();

        assertEquals(1, attempts);
    }

    /** As where the process may have no more threads, or a class is missing. */
    @Test
    void aFaultWhileTakingUpIsToldAndTriedAgain() throws IOException {
        Files.writeString(file, "second");
        fault = Optional.of(new NoClassDefFoundError("Something"));
        lookUntilStill();
        lookUntilStill();
        assertEquals(
                new HealthCheck(
                        "things",
                        false,
                        "what was changed cannot be taken up, what was before stays in force: Something"),
                files.check());
        assertEquals(1, warnings.messages().size());

        fault = Optional.empty();
        files.look();

        assertEquals("second", inForce);
        assertTrue(files.check().up());
    }

    @Test
    void everyBadChangeIsToldOnce() throws IOException {
        Files.writeString(file, "bad one");
        lookUntilStill();
        lookUntilStill();
        Files.writeString(file, "bad as well");
        lookUntilStill();
        lookUntilStill();

        String warning = "things: what was changed cannot be taken up, what was before stays in force: "
                + file + ": is bad";
        assertEquals(List.of(warning, warning), warnings.messages());
    }

    @Test
    void aGoodChangePutsItRight() throws IOException {
        Files.writeString(file, "bad one");
        lookUntilStill();
        Files.writeString(file, "good again");
        lookUntilStill();

        assertEquals("good again", inForce);
        assertEquals(new HealthCheck("things", true, ""), files.check());
    }
}
