package customerservice.api.transport.http2;

import customerservice.api.transport.http2.frame.ConnectionErrorException;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.FrameReader;
import customerservice.api.transport.http2.frame.Frames;

/** A SETTINGS frame of the peer (RFC 9113, section 6.5). */
final class PeerSettings {

    private static final int ENTRY = 6;
    private static final int ENABLE_PUSH = 0x2;
    private static final int INITIAL_WINDOW_SIZE = 0x4;
    private static final int MAX_FRAME_SIZE = 0x5;
    private static final int LARGEST_FRAME = (1 << 24) - 1;

    private PeerSettings() {}

    /**
     * Checks the settings and takes over the only one that this server goes by: it never pushes, never sends more than
     * every peer has to take at once, and puts nothing in the peer's dynamic table.
     */
    static void apply(FrameReader frames, SendWindows windows) {
        int initialWindow = windows.initial();
        for (int at = 0; at < frames.length(); at += ENTRY) {
            int value = frames.number(at + 2);
            switch (frames.octet(at) << 8 | frames.octet(at + 1)) {
                case ENABLE_PUSH -> require(value == 0 || value == 1, ErrorCode.PROTOCOL_ERROR);
                case INITIAL_WINDOW_SIZE -> {
                    require(value >= 0, ErrorCode.FLOW_CONTROL_ERROR);
                    initialWindow = value;
                }
                case MAX_FRAME_SIZE ->
                    require(value >= Frames.MAX_PAYLOAD && value <= LARGEST_FRAME, ErrorCode.PROTOCOL_ERROR);
                default -> {
                }
            }
        }
        if (initialWindow != windows.initial()) {
            require(windows.resize(initialWindow), ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    private static void require(boolean valid, ErrorCode code) {
        if (!valid) {
            throw new ConnectionErrorException(code, "A setting is out of its range");
        }
    }
}
