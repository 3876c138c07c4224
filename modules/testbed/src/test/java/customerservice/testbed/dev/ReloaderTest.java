package customerservice.testbed.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.WorkingDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a program of two modules, {@code shop} on {@code stock}, whose answer is made of both and of a resource. */
final class ReloaderTest {

    private static final String STOCK = """
            package stock;
            public final class Stock {
                public static String %s() { return "%s"; }
            }
            """;
    private static final String SHOP = """
            package shop;
            public final class Shop implements java.util.concurrent.Callable<String> {
                public Shop() {}
                public String call() throws java.io.IOException {
                    try (var in = Shop.class.getResourceAsStream("/META-INF/motto.txt")) {
                        return stock.Stock.%s() + " " + new String(in.readAllBytes());
                    }
                }
            }
            """;

    private final Path root = WorkingDirectory.temporary("reloader-test-");
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> stopped = new ArrayList<>();
    private Callable<?> shop;
    private Reloader reloader;
    private SourceTree lastLook;
    private int edits;

    @BeforeEach
    void start() throws Exception {
        write("stock/src/main/java/module-info.java", "module stock { exports stock; }");
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("item", "tea"));
        write("shop/src/main/java/module-info.java", "module shop { requires stock; }");
        write("shop/src/main/java/shop/Shop.java", SHOP.formatted("item"));
        write("shop/src/main/resources/META-INF/motto.txt", "hot");
        build();
        List<ModuleFolder> modules = ModuleFolder.below(root);
        Path output = Files.createDirectory(root.resolve("output"));
        reloader = new Reloader(root, modules, output, this::open,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        reloader.start();
        lastLook = SourceTree.of(List.of());
        look();
    }

    @AfterEach
    void removeFiles() {
        reloader.stop();
        WorkingDirectory.delete(root);
    }

    @Test
    void whatWasBuiltIsStartedFirst() throws Exception {
        assertEquals("tea hot", shop.call());
    }

    @Test
    void aChangedClassIsReloaded() throws Exception {
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("item", "coffee"));
        look();
        assertEquals("coffee hot", shop.call());
    }

    @Test
    void aChangedResourceIsReloaded() throws Exception {
        write("shop/src/main/resources/META-INF/motto.txt", "cold");
        look();
        assertEquals("tea cold", shop.call());
    }

    @Test
    void changesToTwoModulesAreCompiledTogether() throws Exception {
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("drink", "cocoa"));
        write("shop/src/main/java/shop/Shop.java", SHOP.formatted("drink"));
        look();
        assertEquals("cocoa hot", shop.call());
    }

    @Test
    void aCompileErrorKeepsTheOldOneAndIsPrinted() throws Exception {
        write("shop/src/main/java/shop/Shop.java", SHOP.formatted("item").replace("return stock", "retrn stock"));
        look();
        assertEquals("tea hot", shop.call());
        assertEquals(List.of(), stopped);
        assertTrue(printed().contains("Shop.java:6:"), printed());
    }

    @Test
    void aChangeThatBreaksAnotherModuleKeepsTheOldOne() throws Exception {
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("renamed", "tea"));
        look();
        assertEquals("tea hot", shop.call());
        assertTrue(printed().contains("Shop.java:6:"), printed());
    }

    @Test
    void whatIsCompiledAfterAnErrorIncludesEarlierChanges() throws Exception {
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("drink", "mate"));
        look();
        write("shop/src/main/java/shop/Shop.java", SHOP.formatted("drink"));
        look();
        assertEquals("mate hot", shop.call());
    }

    @Test
    void aNewClassIsCompiled() throws Exception {
        write("stock/src/main/java/stock/Menu.java", "package stock; public final class Menu { private Menu() {} "
                + "public static String item() { return \"soup\"; } }");
        write("shop/src/main/java/shop/Shop.java", SHOP.formatted("item").replace("stock.Stock", "stock.Menu"));
        look();
        assertEquals("soup hot", shop.call());
    }

    @Test
    void aRemovedClassIsGone() throws Exception {
        Files.delete(root.resolve("modules/stock/src/main/java/stock/Stock.java"));
        look();
        assertEquals("tea hot", shop.call());
        assertTrue(printed().contains("Not compiled"), printed());
    }

    @Test
    void whatDoesNotStartIsReplacedByTheOneBefore() throws Exception {
        write("shop/src/main/java/shop/Shop.java",
                SHOP.formatted("item").replace("public Shop() {}", "public Shop() { throw new Error(\"no\"); }"));
        look();
        assertEquals("tea hot", shop.call());
        assertTrue(printed().contains("does not start"), printed());
    }

    @Test
    void theOldOneIsStoppedOnce() throws Exception {
        write("stock/src/main/java/stock/Stock.java", STOCK.formatted("item", "coffee"));
        look();
        look();
        assertEquals(List.of("0"), stopped);
    }

    @Test
    void onlyTwoGenerationsStayOnDisk() throws Exception {
        for (String drink : List.of("a", "b", "c", "d")) {
            write("stock/src/main/java/stock/Stock.java", STOCK.formatted("item", drink));
            look();
        }
        assertEquals("d hot", shop.call());
        try (var folders = Files.walk(root.resolve("output"), 2)) {
            assertEquals(4, folders.filter(folder -> Files.exists(folder.resolve("module-info.class"))).count());
        }
    }

    private Reloader.Instance open(Generation generation) throws ReflectiveOperationException {
        try {
            shop = generation.create("shop", "shop.Shop", Callable.class);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
        return () -> stopped.add(String.valueOf(generation.number()));
    }

    /** Twice, so that the sources are seen to have settled. */
    private void look() throws Exception {
        lastLook = reloader.look(lastLook);
        lastLook = reloader.look(lastLook);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve("modules").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        // Two writes within one tick of the file system's clock would look the same.
        Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH.plusSeconds(++edits)));
    }

    private void build() throws IOException {
        for (String module : List.of("stock", "shop")) {
            Path folder = root.resolve("modules").resolve(module);
            Path classes = folder.resolve("target/classes");
            int result = ToolProvider.getSystemJavaCompiler().run(
                    InputStream.nullInputStream(), printed, printed,
                    "--module-path", root.resolve("modules/stock/target/classes").toString(),
                    "-d", classes.toString(),
                    folder.resolve("src/main/java/module-info.java").toString(),
                    folder.resolve("src/main/java/" + module + "/" + Character.toUpperCase(module.charAt(0))
                            + module.substring(1) + ".java").toString());
            assertEquals(0, result, printed());
        }
        Path motto = root.resolve("modules/shop/target/classes/META-INF/motto.txt");
        Files.createDirectories(motto.getParent());
        Files.writeString(motto, "hot");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
