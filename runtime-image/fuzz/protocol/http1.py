"""Conversations in HTTP/1.1 (RFC 9112), right ones and altered ones, and a strict reader that says what they ask for."""
import re

import mutation

TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
REQUEST_LINE = re.compile(TOKEN + rb" (\S+) HTTP/1\.[01]")
FIELD = re.compile(rb"(" + TOKEN + rb"):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(;[^\x00-\x08\x0a-\x1f\x7f]*)?\r\n")
CUSTOMER = b"/v1/customers/0192f0c1-0000-7000-8000-000000000000"


def hidden(marker):
    return b"GET /" + marker + b" HTTP/1.1\r\nHost: a\r\n\r\n"


def request(line, fields=(), body=b""):
    return b"\r\n".join((line + b" HTTP/1.1", b"Host: localhost", *fields, b"", body))


def content(rng, marker):
    """A body, in which often something hides that would be a request where it is not read as a body."""
    json = b'{"name":"' + b"a" * rng.choice((0, 1, 10, 300)) + b'","email":"' + bytes(rng.choices(b"abcdef", k=8)) + b'@example.com"}'
    return rng.choice((json, json, hidden(marker), json + b"\r\n" + hidden(marker), b'{"name":"\r\n' + hidden(marker) + b'"}', b"",
                       b"x" * rng.choice((1, 4_096, 65_536, 65_537, 70_000))))


def chunked(rng, body):
    chunks, at = [], 0
    while at < len(body):
        part = body[at:at + rng.choice((1, 2, 15, 16, 17, 4_096, 100_000))]
        at += len(part)
        size = rng.choice(("%x", "%X", "0%x", "%016x")) % len(part)
        extension = rng.choice((b"",) * 6 + (b";a", b";a=b", b' ; a="b;\\"c"', b";" + b"x" * 300))
        chunks.append(size.encode() + extension + b"\r\n" + part + b"\r\n")
        if len(chunks) > 2_000:
            chunks.append(b"%x\r\n" % (len(body) - at) + body[at:] + b"\r\n" if at < len(body) else b"")
            break
    trailers = b"".join(rng.choice((b"X-Check: abc\r\n", b"Expires: 0\r\n")) for _ in range(rng.choice((0, 0, 0, 1, 3))))
    if rng.random() < 0.3 and chunks:
        at = rng.randrange(len(chunks))
        chunks[at] = mutation.mutate(rng, chunks[at], mutation.ON_TEXT)
    return b"".join(chunks) + b"0\r\n" + trailers + b"\r\n"


def with_body(rng, line, fields, marker):
    body = content(rng, marker)
    expect = (b"Expect: 100-continue",) if rng.random() < 0.2 else ()
    if rng.random() < 0.5:
        return request(line, (*fields, *expect, b"Content-Length: %d" % len(body)), body)
    return request(line, (*fields, *expect, b"Transfer-Encoding: chunked"), chunked(rng, body))


def one(rng, token, marker):
    json = b"Content-Type: application/json"
    bearer = b"Authorization: Bearer " + token
    plain = rng.choice((
        (b"GET /health/live",), (b"HEAD /health/ready",), (b"GET /openapi.yaml",), (b"GET /.well-known/jwks.json",),
        (b"GET http://localhost/health/live",), (b"OPTIONS *",), (b"GET /nowhere/%41%2f?q=%00",), (b"TRACE /",), (b"CONNECT a:443",),
        (b"OPTIONS /v1/customers", b"Origin: https://shop.example", b"Access-Control-Request-Method: GET"),
        (b"GET /v1/customers?limit=2&sort=-name", bearer, b"Accept-Encoding: gzip;q=0.5, br"),
        (b"GET " + CUSTOMER, bearer, b'If-None-Match: "1", W/"2"'), (b"GET " + CUSTOMER + b"/history", bearer),
        (b"GET /v1/audit?limit=1", bearer, b"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        (b"DELETE " + CUSTOMER, bearer, b'If-Match: "1"'), (b"GET /v1/users", bearer, b"X-Request-Id: abc", b"Connection: keep-alive, x"),
        (b"GET /health/live", b"Upgrade: h2c", b"Connection: Upgrade, HTTP2-Settings", b"HTTP2-Settings: AAMAAABkAAQAAP__"),
        (b"GET /health/live", b"X-Long: " + b"y" * rng.choice((1_000, 16_000, 17_000, 100_000)))))
    bodied = rng.choice((
        (b"POST /v1/customers", bearer, json), (b"POST /v1/customers", json), (b"POST /v1/auth/login", json), (b"POST /nowhere", json),
        (b"POST /v1/customers", bearer, b"Content-Type: text/plain"), (b"PUT " + CUSTOMER, bearer, json, b'If-Match: "1"'),
        (b"PATCH " + CUSTOMER, bearer, b"Content-Type: application/merge-patch+json"), (b"PUT /v1/customers", json), (b"DELETE " + CUSTOMER,),
        (b"POST /oauth/token", b"Content-Type: application/x-www-form-urlencoded"), (b"GET /health/live",), (b"delete " + CUSTOMER, bearer),
        (b"POST /v1/customers", bearer, json, b"Content-Encoding: gzip"), (b"POST /v1/customers", bearer, json, b"Idempotency-Key: a")))
    if rng.random() < 0.45:
        return request(plain[0], plain[1:])
    return with_body(rng, bodied[0], bodied[1:], marker)


def conversation(rng, token, marker):
    requests = [one(rng, token, marker) for _ in range(rng.choice((1, 1, 2, 3, 20)))]
    return mutation.mutate(rng, b"".join(requests), mutation.ON_TEXT)


def asked(data):
    """The targets of the requests in it, up to the first place where nobody can know any more where the next one begins."""
    targets, at = [], 0
    while True:
        while data.startswith(b"\r\n", at):
            at += 2
        end = data.find(b"\r\n\r\n", at)
        if end < 0:
            return targets
        first, *lines = data[at:end].split(b"\r\n")
        line = REQUEST_LINE.fullmatch(first)
        fields = [FIELD.fullmatch(one) for one in lines]
        if not line or not all(fields):
            return targets
        targets.append(line[1])
        fields = [(f[1].lower(), f[2].strip()) for f in fields]
        lengths = {value for name, value in fields if name == b"content-length"}
        codings = [value.lower() for name, value in fields if name == b"transfer-encoding"]
        at = end + 4
        if codings:
            if lengths or codings != [b"chunked"] or first.endswith(b"0") or (at := end_of_chunks(data, at)) < 0:
                return targets
        elif lengths:
            if len(lengths) > 1 or not re.fullmatch(rb"[0-9]{1,18}", only := lengths.pop()) or at + int(only) > len(data):
                return targets
            at += int(only)


def end_of_chunks(data, at):
    while True:
        chunk = CHUNK.match(data, at)
        if not chunk:
            return -1
        at, size = chunk.end(), int(chunk[1], 16)
        if size == 0:
            break
        if data[at + size:at + size + 2] != b"\r\n":
            return -1
        at += size + 2
    while not data.startswith(b"\r\n", at):
        end = data.find(b"\r\n", at)
        if end < 0 or not FIELD.fullmatch(data, at, end):
            return -1
        at = end + 2
    return at + 2
