/**
 * From {@code java.util.logging}, the access log and the audit stream to lines on standard output, without ever making a
 * request wait: a line is an object on a bounded queue, and one thread turns it into bytes and writes them in batches.
 */
package customerservice.app.logging;
