package customerservice.app.systemd;

import customerservice.testsupport.Await;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Stands where systemd stands: a real AF_UNIX datagram socket, and what has come in by it, in order. */
public final class NotificationReceiver implements AutoCloseable {

    /** @param text a datagram, a character for each byte */
    public record Notification(String text, long nanos) {
        public boolean has(String assignment) {
            return text.lines().anyMatch(assignment::equals);
        }
    }

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int LONGEST = 65_536;

    private final Arena arena = Arena.ofShared();
    private final MethodHandle recv = function("recv", "size_t", "int", "void*", "size_t", "int");
    private final MethodHandle closed = function("close", "int", "int");
    private final MemorySegment buffer = arena.allocate(LONGEST);
    private final List<Notification> received = new ArrayList<>();
    private final MemorySegment socketAddress;
    private final int length;
    private final int descriptor;

    /** @param address a path, or an abstract name after {@code @} */
    public NotificationReceiver(String address) {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name[0] == '@';
        socketAddress = arena.allocate(2 + name.length + 1);
        socketAddress.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, socketAddress, ValueLayout.JAVA_BYTE, 2, name.length);
        if (isAbstract) {
            socketAddress.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
        }
        length = 2 + name.length + (isAbstract ? 0 : 1);
        try {
            descriptor = socket();
            int bound = (int) function("bind", "int", "int", "void*", "int")
                    .invokeExact(descriptor, socketAddress, length);
            if (bound != 0) {
                throw new IllegalStateException("cannot bind " + address);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int socket() throws Throwable {
        return (int) function("socket", "int", "int", "int", "int").invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    }

    @SuppressWarnings("restricted") // functions of the C library, with the types that the manual gives
    private static MethodHandle function(String name, String result, String... arguments) {
        Linker linker = Linker.nativeLinker();
        var layouts = new ArrayList<MemoryLayout>();
        for (String argument : arguments) {
            layouts.add(linker.canonicalLayouts().get(argument));
        }
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(
                        linker.canonicalLayouts().get(result), layouts.toArray(MemoryLayout[]::new)));
    }

    /** From now on whoever sends waits, until something is received. */
    public void fill() {
        MethodHandle sendto = function("sendto", "size_t", "int", "void*", "size_t", "int", "void*", "int");
        try {
            int sender = socket();
            long sent = 0;
            while (sent >= 0) {
                sent = (long) sendto.invokeExact(sender, buffer, 1L, MSG_DONTWAIT, socketAddress, length);
            }
            int result = (int) closed.invokeExact(sender);
            if (result != 0) {
                throw new IllegalStateException("close(2)");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that has come in so far. */
    public synchronized List<Notification> received() {
        while (true) {
            long length;
            try {
                length = (long) recv.invokeExact(descriptor, buffer, (long) LONGEST, MSG_DONTWAIT);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            if (length < 0) {
                return List.copyOf(received);
            }
            byte[] text = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            received.add(new Notification(new String(text, StandardCharsets.ISO_8859_1), System.nanoTime()));
        }
    }

    /** Waits for the first one like that. */
    public Notification await(String what, Predicate<Notification> wanted) {
        Await.until(what, () -> received().stream().anyMatch(wanted));
        return received().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for so many that carry an assignment. */
    public List<Notification> await(String assignment, int count) {
        Await.until(count + " times " + assignment, () -> with(assignment).size() >= count);
        return with(assignment);
    }

    /** Those so far that carry an assignment. */
    public List<Notification> with(String assignment) {
        return received().stream().filter(notification -> notification.has(assignment)).toList();
    }

    @Override
    public void close() {
        try {
            int result = (int) closed.invokeExact(descriptor);
            if (result != 0) {
                throw new IllegalStateException("close(2)");
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        arena.close();
    }
}
