"""Header blocks (RFC 7541), right ones and altered ones."""
import mutation

STATIC = {(":method", "GET"): 2, (":method", "POST"): 3, (":path", "/"): 4, (":scheme", "http"): 6, (":scheme", "https"): 7,
          ("accept-encoding", "gzip, deflate"): 16}
NAMES = {":authority": 1, ":method": 2, ":path": 4, ":scheme": 6, "accept": 19, "authorization": 23, "content-length": 28,
         "content-type": 31, "cookie": 32, "expect": 35, "host": 38, "if-match": 39, "transfer-encoding": 57}

# Of printable characters, by the length of their codes (appendix B): codes are given out in this order.
HUFFMAN = {}
code, before = 0, 5
for bits, characters in ((5, "012aceiost"), (6, " %-./3456789=A_bdfghlmnpru"), (7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"), (8, "&*,;XZ"),
                         (10, '!"()?'), (11, "'+|"), (12, '#>'), (13, "\0$@[]~"), (14, "^}"), (15, "<`{")):
    code, before = code << bits - before, bits
    for character in characters:
        HUFFMAN[ord(character)] = format(code, f"0{bits}b")
        code += 1


def integer(pattern, prefix, value):
    most = (1 << prefix) - 1
    if value < most:
        return bytes([pattern | value])
    out, value = [pattern | most], value - most
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def text(rng, value):
    value = value.encode("latin-1")
    if rng.random() < 0.5 and all(c in HUFFMAN for c in value):
        bits = "".join(HUFFMAN[c] for c in value)
        bits += "1" * (-len(bits) % 8)
        return integer(0x80, 7, len(bits) // 8) + int(bits or "0", 2).to_bytes(len(bits) // 8, "big")
    return integer(0, 7, len(value)) + value


def field(rng, name, value):
    if (name, value) in STATIC and rng.random() < 0.7:
        return integer(0x80, 7, STATIC[name, value])
    pattern, prefix = rng.choice(((0x40, 6), (0x00, 4), (0x10, 4)))
    if name in NAMES and rng.random() < 0.7:
        return integer(pattern, prefix, NAMES[name]) + text(rng, value)
    return bytes([pattern]) + text(rng, name) + text(rng, value)


def odd(rng):
    """What a decoder has to refuse, or to bear."""
    return rng.choice((
        integer(0x20, 5, rng.choice((0, 1, 4_096, 4_097, 65_536, 1 << 31))), b"\x3f\xe1\xff\xff\xff\x07", integer(0x80, 7, 0),
        integer(0x80, 7, rng.choice((61, 62, 63, 70, 127, 1_000, 1 << 31))), b"\xff" * rng.choice((2, 6, 12, 200)), b"\xff" + b"\x80" * 50,
        integer(0x80, 7, 62) * rng.choice((1, 100, 14_000)), b"\x40\x01x" + integer(0, 7, 4_000) + b"y" * 4_000,
        b"\x00\x01x" + integer(0, 7, rng.choice((1, 100, 1 << 20, 1 << 30, 1 << 40))), b"\x00\x01x\x81\xff", b"\x00\x01x\x84\xff\xff\xff\xff",
        b"\x00\x01x\x82\x00\x00", b"\x00\x00\x00", b"\x00\x01X\x01y", b"\x00\x01x\x03a\r\n", b"\x00\x02\0\n\x01y", b"\x20" * rng.choice((1, 3, 5_000))))


def block(rng, fields):
    parts = [field(rng, name, value) for name, value in fields]
    if rng.random() < 0.25:
        parts.insert(mutation.place(rng, parts), odd(rng))
    data = b"".join(parts)
    return mutation.mutate(rng, data, mutation.ON_BYTES) if rng.random() < 0.15 else data
