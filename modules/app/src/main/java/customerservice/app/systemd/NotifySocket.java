package customerservice.app.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The datagram socket that systemd listens on, see sd_notify(3) and unix(7). Java has no AF_UNIX datagrams, so the C
 * library's socket(2) and sendto(2) are called. Linux only.
 */
final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Of {@code sun_path}, with the zero byte that ends a path. */
    private static final int LONGEST_PATH = 108;

    private final MethodHandle sendto;
    private final MemorySegment address;
    private final int addressLength;
    private final int descriptor;

    private NotifySocket(MethodHandle sendto, MemorySegment address, int addressLength, int descriptor) {
        this.sendto = sendto;
        this.address = address;
        this.addressLength = addressLength;
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket; it lives as long as the process.
     *
     * @param path absolute, or an abstract name after {@code @}
     * @throws IllegalArgumentException if it is neither
     */
    @SuppressWarnings("restricted") // two functions of the C library, with the types that the manual gives
    static NotifySocket open(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.startsWith("@");
        if ((!isAbstract && !path.startsWith("/")) || bytes.length >= LONGEST_PATH) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is neither a path nor an abstract name: " + path);
        }
        MemorySegment address = Arena.global().allocate(2 + LONGEST_PATH);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
        if (isAbstract) {
            address.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
        }

        Linker linker = Linker.nativeLinker();
        SymbolLookup libc = linker.defaultLookup();
        MethodHandle socket = linker.downcallHandle(
                libc.findOrThrow("socket"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MemoryLayout size = linker.canonicalLayouts().get("size_t");
        MethodHandle sendto = linker.downcallHandle(
                libc.findOrThrow("sendto"),
                FunctionDescriptor.of(
                        size,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        size,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
        // An abstract name has no zero byte at its end.
        int addressLength = 2 + bytes.length + (isAbstract ? 0 : 1);
        return new NotifySocket(sendto, address, addressLength, open(socket));
    }

    private static int open(MethodHandle socket) {
        int descriptor;
        try {
            descriptor = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("socket(2) cannot be called", e);
        }
        if (descriptor < 0) {
            throw new IllegalStateException("no AF_UNIX socket can be opened");
        }
        return descriptor;
    }

    /**
     * Sends one datagram.
     *
     * @param state assignments, one a line
     * @return whether it was sent
     */
    boolean send(String state) {
        byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long sent = (long) sendto.invokeExact(
                    descriptor, message, (long) bytes.length, MSG_NOSIGNAL, address, addressLength);
            return sent == bytes.length;
        } catch (Throwable e) {
            throw new IllegalStateException("sendto(2) cannot be called", e);
        }
    }
}
