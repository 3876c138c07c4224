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
import java.util.Objects;

/**
 * Datagrams to a socket that systemd listens on, see unix(7). Java has no AF_UNIX datagrams, so the C library's
 * socket(2) and sendto(2) are called. Linux only. For one thread at a time.
 */
public final class UnixDatagrams {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Of {@code sun_path}, with the zero byte that ends a path. */
    private static final int LONGEST_PATH = 108;

    private static final int INITIAL_MESSAGE = 1_024;

    private final MethodHandle sendto;
    private final MemorySegment address;
    private final int addressLength;
    private final int descriptor;
    private MemorySegment message = Arena.global().allocate(INITIAL_MESSAGE);

    private UnixDatagrams(MethodHandle sendto, MemorySegment address, int addressLength, int descriptor) {
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
    public static UnixDatagrams to(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.startsWith("@");
        if ((!isAbstract && !path.startsWith("/")) || bytes.length >= LONGEST_PATH) {
            throw new IllegalArgumentException("neither the path of a socket nor an abstract name: " + path);
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
        return new UnixDatagrams(sendto, address, addressLength, open(socket));
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
     * Sends one; waits while the receiver has no room for it.
     *
     * @return whether it was sent
     */
    public boolean send(byte[] bytes, int length) {
        Objects.checkFromIndexSize(0, length, bytes.length);
        if (message.byteSize() < length) {
            // Of the global arena, and so never freed: it doubles a few times at most in the life of a process.
            message = Arena.global().allocate(Math.max(length, 2 * message.byteSize()));
        }
        MemorySegment.copy(bytes, 0, message, ValueLayout.JAVA_BYTE, 0, length);
        try {
            long sent = (long) sendto.invokeExact(
                    descriptor, message, (long) length, MSG_NOSIGNAL, address, addressLength);
            return sent == length;
        } catch (Throwable e) {
            throw new IllegalStateException("sendto(2) cannot be called", e);
        }
    }
}
