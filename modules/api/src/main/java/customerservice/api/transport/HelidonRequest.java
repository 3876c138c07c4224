package customerservice.api.transport;

import customerservice.api.http.ConnectionLostException;
import customerservice.api.http.Content;
import customerservice.api.http.Problem;
import customerservice.api.http.ProblemException;
import customerservice.api.http.Request;
import customerservice.api.http.RequestFields;
import customerservice.api.http.RequestPath;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A request of HTTP/2, as Helidon has read it. */
final class HelidonRequest implements Request, Content {

    private final RoutingRequest request;
    private final HttpConnection connection;
    private final HelidonHttp2 http2;
    private final HelidonFields fields;
    private InputStream in;
    private long limit = Long.MAX_VALUE;
    private long total;

    HelidonRequest(RoutingRequest request, HttpConnection connection, HelidonHttp2 http2) {
        this.request = request;
        this.connection = connection;
        this.http2 = http2;
        this.fields = new HelidonFields(request.headers());
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return RequestPath.normalize(request.prologue().uriPath().rawPath());
    }

    @Override
    public String query() {
        return request.prologue().query().rawValue();
    }

    @Override
    public RequestFields fields() {
        return fields;
    }

    @Override
    public String authority() {
        String authority = request.authority();
        return authority == null ? "" : authority;
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure(fields);
    }

    @Override
    public String clientAddress() {
        return connection.clientAddress(fields);
    }

    @Override
    public Content content() {
        return this;
    }

    @Override
    public long length() {
        return request.content().hasEntity() ? request.headers().contentLength().orElse(-1) : 0;
    }

    @Override
    public void limit(long bytes) {
        limit = bytes;
        if (length() > bytes) {
            throw Http1Body.tooLarge(bytes);
        }
    }

    @Override
    public int read(byte[] into, int from, int count) {
        http2.bodyBegins();
        try {
            if (in == null) {
                in = request.content().inputStream();
            }
            int read = in.read(into, from, count);
            total += Math.max(read, 0);
            if (total > limit) {
                throw Http1Body.tooLarge(limit);
            }
            return read;
        } catch (IOException | UncheckedIOException | CloseConnectionException e) {
            throw new ConnectionLostException(e);
        } catch (RequestException e) {
            throw new ProblemException(Problem.ofStatus(e.status().code()), "");
        } finally {
            http2.bodyEnds();
        }
    }
}
