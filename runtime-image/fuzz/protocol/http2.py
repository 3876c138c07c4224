"""Conversations in HTTP/2 (RFC 9113), right ones and altered ones."""
import struct

import hpack
import http1
import mutation

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITIES = 1, 1, 4, 8, 32
SOME_32 = (0, 1, 100, 16_383, 16_384, 16_385, 65_535, 1 << 20, (1 << 24) - 1, 1 << 24, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)


class Frame:
    def __init__(self, kind, flags, stream, payload=b""):
        self.kind, self.flags, self.stream, self.payload, self.length = kind, flags, stream, payload, None

    def bytes(self):
        length = len(self.payload) if self.length is None else self.length
        return struct.pack(">I", length & 0xFFFFFF)[1:] + struct.pack(">BBI", self.kind, self.flags, self.stream) + self.payload


def settings(rng):
    chosen = [(rng.choice((1, 1, 2, 3, 4, 4, 5, 6, 8, 99)), rng.choice(SOME_32)) for _ in range(rng.choice((0, 1, 2, 100)))]
    return Frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", *one) for one in chosen))


def any_frame(rng, stream):
    return rng.choice((
        lambda: settings(rng), lambda: Frame(SETTINGS, ACK, 0), lambda: Frame(PING, rng.choice((0, ACK)), 0, bytes(8)),
        lambda: Frame(WINDOW_UPDATE, 0, rng.choice((0, stream)), struct.pack(">I", rng.choice(SOME_32))),
        lambda: Frame(RST_STREAM, 0, stream, struct.pack(">I", rng.randrange(14))), lambda: Frame(PRIORITY, 0, stream, bytes(5)),
        lambda: Frame(PRIORITY, 0, stream, struct.pack(">IB", stream, 7)), lambda: Frame(GOAWAY, 0, 0, struct.pack(">II", stream, 0)),
        lambda: Frame(PUSH_PROMISE, END_HEADERS, stream, struct.pack(">I", 2)), lambda: Frame(rng.randrange(10, 256), 255, stream, b"x" * 9),
        lambda: Frame(DATA, rng.randrange(256), stream, bytes(rng.choice((0, 1, 255, 16_384, 16_385)))),
        lambda: Frame(HEADERS, rng.randrange(256), stream, hpack.odd(rng)), lambda: Frame(CONTINUATION, rng.choice((0, END_HEADERS)), stream)))()


def fields_of(rng, token, method, path, more):
    bearer = ("authorization", "Bearer " + token.decode())
    fields = [(":method", method), (":scheme", rng.choice(("http", "https"))), (":authority", "localhost"), (":path", path), *more]
    if rng.random() < 0.6:
        fields.append(bearer)
    if rng.random() < 0.2:
        fields.append(rng.choice((
            ("connection", "close"), ("transfer-encoding", "chunked"), ("te", "trailers"), ("te", "gzip"), ("Upper", "a"), ("host", "other"),
            (":path", "/twice"), (":status", "200"), (":protocol", "websocket"), ("content-length", "5"), ("content-length", "-1"),
            ("x", "a\r\nGET /"), ("x", "\0"), ("x", " a"), ("expect", "100-continue"), ("cookie", "a=b"), ("x", "y" * 17_000), ("", "a"))))
    if rng.random() < 0.1:
        rng.shuffle(fields)
    if rng.random() < 0.1:
        fields.pop(rng.randrange(len(fields)))
    return fields


def one(rng, stream, token, marker):
    json = ("content-type", "application/json")
    method, path, more, bodied = rng.choice((
        ("GET", "/health/live", (), False), ("HEAD", "/health/ready", (), False), ("GET", "/openapi.yaml", (), False), ("GET", "/", (), False),
        ("GET", "/v1/customers?limit=2", (), False), ("GET", http1.CUSTOMER.decode(), (), False), ("OPTIONS", "*", (), False),
        ("POST", "/v1/customers", (json,), True), ("POST", "/v1/auth/login", (json,), True), ("POST", "/nowhere", (json,), True),
        ("PUT", http1.CUSTOMER.decode(), (json,), True), ("PATCH", http1.CUSTOMER.decode(), (json,), True),
        ("DELETE", http1.CUSTOMER.decode(), (), False), ("delete", http1.CUSTOMER.decode(), (), False), ("G@T", "/", (), False),
        ("CONNECT", "/", (), False), ("GET", "nowhere", (), False), ("GET", "http://a/", (), False), ("GET", "", (), False), ("GET", "/\x80 x", (), False)))
    body = http1.content(rng, marker) if bodied else b""
    block = hpack.block(rng, fields_of(rng, token, method, path, more))
    flags = 0 if bodied or rng.random() < 0.05 else END_STREAM
    frames = headers(rng, stream, flags, block)
    if bodied:
        parts = [body[i:i + size] for size in [rng.choice((1, 100, 16_384))] for i in range(0, min(len(body), 200 * size), size)] or [b""]
        for part in parts:
            padding = rng.choice((0, 0, 0, 1, 255)) if len(part) < 16_000 else 0
            frames.append(Frame(DATA, PADDED, stream, bytes([padding]) + part + bytes(padding)) if padding else Frame(DATA, 0, stream, part))
        end = rng.random()
        if end < 0.7:
            frames[-1].flags |= END_STREAM
        elif end < 0.85:
            frames += headers(rng, stream, END_STREAM, hpack.block(rng, [("x-trailer", "a")]))
    return frames


def headers(rng, stream, flags, block):
    """In one frame or in several."""
    cuts = sorted(mutation.place(rng, block) for _ in range(rng.choice((0, 0, 0, 1, 3))))
    cuts = sorted({*cuts, *range(16_384, len(block), 16_384)})
    parts = [block[a:b] for a, b in zip([0, *cuts], [*cuts, len(block)])]
    frames = [Frame(HEADERS, flags, stream, parts[0])] + [Frame(CONTINUATION, 0, stream, part) for part in parts[1:]]
    frames[-1].flags |= END_HEADERS
    return frames


def mutate(rng, frames):
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        at = rng.randrange(len(frames))
        kind = rng.randrange(9)
        if kind == 0:
            frames.insert(at, any_frame(rng, frames[at].stream or 1))
        elif kind == 1:
            frames[at:at] = [any_frame(rng, frames[at].stream or 1)] * rng.choice((2, 100, 3_000))
        elif kind == 2:
            del frames[at:at + 1 if len(frames) > 1 else at]
        elif kind == 3:
            frames.insert(at, frames[at])
        elif kind == 4:
            frames.insert(mutation.place(rng, frames), frames.pop(at))
        elif kind == 5:
            frames[at].flags ^= 1 << rng.randrange(8)
        elif kind == 6:
            frames[at].stream = rng.choice((0, 1, 2, 3, 5, 101, (1 << 31) - 1, (1 << 31) | 1, frames[at].stream + 2))
        elif kind == 7:
            frames[at].length = rng.choice((0, 1, len(frames[at].payload) + 1, 16_384, 16_385, (1 << 24) - 1))
        else:
            frames[at].payload = mutation.mutate(rng, frames[at].payload, mutation.ON_BYTES)[:1 << 20]
    return frames


def conversation(rng, token, marker):
    frames = [settings(rng) if rng.random() < 0.3 else Frame(SETTINGS, 0, 0)]
    requests = [one(rng, 2 * i + 1, token, marker) for i in range(rng.choice((1, 2, 3, 20)))]
    if rng.random() < 0.3 and len(requests) > 1:  # the frames of several streams by turns
        while any(requests):
            mixed = rng.choice([r for r in requests if r])
            frames.append(mixed.pop(0))
            while frames[-1].kind in (HEADERS, CONTINUATION) and not frames[-1].flags & END_HEADERS and mixed:
                frames.append(mixed.pop(0))
    else:
        frames += [frame for one_request in requests for frame in one_request]
    data = PREFACE + b"".join(frame.bytes() for frame in mutate(rng, frames))
    return mutation.mutate(rng, data, mutation.ON_BYTES) if rng.random() < 0.2 else data
