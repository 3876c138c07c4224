package customerservice.app.logging;

import customerservice.api.http.trace.CurrentRequest;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** The one handler of the root logger. */
final class LogHandler extends Handler {

    private final LogWriter writer;
    private final Formatter messages = new MessageFormatter();

    LogHandler(LogWriter writer) {
        this.writer = writer;
    }

    @Override
    public void publish(LogRecord record) {
        if (record == null || !isLoggable(record)) {
            return;
        }
        String logger = record.getLoggerName();
        writer.add(new LogLine.Application(
                record.getMillis(),
                Severity.of(record.getLevel()),
                logger == null ? "" : logger,
                message(record),
                Thread.currentThread().getName(),
                CurrentRequest.requestId(),
                CurrentRequest.trace(),
                record.getThrown()));
    }

    /** Made here and not by the writer: the parameters may change as soon as this returns. */
    private String message(LogRecord record) {
        String message = messages.formatMessage(record);
        return message == null ? "" : message;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static final class MessageFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            return formatMessage(record);
        }
    }
}
