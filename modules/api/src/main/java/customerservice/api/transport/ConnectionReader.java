package customerservice.api.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Reads a connection as Helidon's own reader does, but lets go of what has been read.
 *
 * <p>That one chains everything it ever reads, each piece to the next. Once the garbage collector has moved one piece to
 * the old generation, the chain keeps all later ones alive until the next full collection, so that the heap of a server
 * with busy connections grows to its limit. Here a new chain begins whenever nothing is left to read.
 */
final class ConnectionReader extends DataReader {

    private final Supplier<byte[]> source;
    private DataReader chain;

    @SuppressWarnings({"deprecation", "removal"}) // there is no other constructor to extend it by
    ConnectionReader(Supplier<byte[]> source) {
        super(source);
        this.source = source;
        this.chain = DataReader.create(source);
    }

    private DataReader chain() {
        if (chain.available() == 0) {
            chain = DataReader.create(source);
        }
        return chain;
    }

    @Override
    public int available() {
        return chain.available();
    }

    @Override
    public void pullData() {
        chain().pullData();
    }

    @Override
    public void skip(int lenToSkip) {
        chain().skip(lenToSkip);
    }

    @Override
    public void ensureAvailable() {
        chain().ensureAvailable();
    }

    @Override
    public byte read() {
        return chain().read();
    }

    @Override
    public byte lookup() {
        return chain().lookup();
    }

    @Override
    public boolean startsWithNewLine() {
        return chain().startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] bytes) {
        return chain().startsWith(bytes);
    }

    @Override
    public BufferData readBuffer() {
        return chain().readBuffer();
    }

    @Override
    public BufferData readBuffer(int length) {
        return chain().readBuffer(length);
    }

    @Override
    public BufferData getBuffer(int length) {
        return chain().getBuffer(length);
    }

    @Override
    public LazyString readLazyString(Charset charset, int len) {
        return chain().readLazyString(charset, len);
    }

    @Override
    public String readAsciiString(int len) {
        return chain().readAsciiString(len);
    }

    @Override
    public byte[] readBytes(int len) {
        return chain().readBytes(len);
    }

    @Override
    public String readLine() {
        return chain().readLine();
    }

    @Override
    public int findOrNewLine(byte b, int max) {
        return chain().findOrNewLine(b, max);
    }

    @Override
    public int findNewLine(int max) {
        return chain().findNewLine(max);
    }

    @Override
    public String debugDataHex() {
        return chain.debugDataHex();
    }
}
