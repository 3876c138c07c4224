"""What is done to bytes that were right, by a random generator of its own for each conversation."""

BYTES = [b"\r", b"\n", b"\r\n", b"\0", b" ", b"\t", b":", b";", b",", b"=", b'"', b"%", b"0", b"1", b"/", b"\x7f", b"\x80", b"\xff"]
NUMBERS = [b"", b"-1", b"+1", b"0", b"00", b"0x10", b"1e3", b"1_0", b"1 1", b"65536", b"65537", b"2147483647", b"2147483648",
           b"4294967295", b"4294967296", b"9223372036854775807", b"9223372036854775808", b"18446744073709551616", b"9" * 40, b"0" * 300,
           "٣".encode()]
LONGEST = 300_000  # of what is repeated


def place(rng, data):
    return rng.randint(0, len(data))


def span(rng, data, longest=64):
    begin = place(rng, data)
    return begin, min(len(data), begin + rng.randint(1, longest))


def flip(rng, data):
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1:]


def insert(rng, data):
    at = place(rng, data)
    return data[:at] + rng.choice(BYTES) * rng.choice((1, 1, 1, 2, 3)) + data[at:]


def delete(rng, data):
    begin, end = span(rng, data)
    return data[:begin] + data[end:]


def repeat(rng, data):
    begin, end = span(rng, data)
    times = rng.choice((2, 2, 3, 10, 100, 1_000, 10_000))
    return data[:begin] + data[begin:end] * min(times, LONGEST // max(1, end - begin)) + data[end:]


def swap(rng, data):
    (a, b), (c, d) = sorted((span(rng, data), span(rng, data)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def truncate(rng, data):
    return data[:place(rng, data)]


def number(rng, data):
    """Another number instead of one that is there."""
    digits = [i for i in range(len(data)) if data[i:i + 1].isdigit() and not data[i - 1:i].isdigit()]
    if not digits:
        return data
    begin = end = rng.choice(digits)
    while data[end:end + 1].isdigit():
        end += 1
    return data[:begin] + rng.choice(NUMBERS) + data[end:]


def line(rng, data):
    """A line goes, comes again, changes its place or its end."""
    lines = data.split(b"\r\n")
    at = rng.randrange(len(lines))
    kind = rng.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(place(rng, lines), lines[at])
    elif kind == 2:
        lines.insert(place(rng, lines), lines.pop(at))
    elif kind == 3:
        lines[at] += rng.choice((b"\n", b"\r", b" ", b"\t", b"\r\r"))
    else:
        end = rng.choice((b"\n", b"\r", b"\n\r"))
        return b"\r\n".join(lines[:at + 1]) + end + b"\r\n".join(lines[at + 1:])
    return b"\r\n".join(lines)


def case(rng, data):
    begin, end = span(rng, data, 20)
    return data[:begin] + data[begin:end].swapcase() + data[end:]


ON_BYTES = (flip, insert, delete, repeat, swap, truncate)
ON_TEXT = ON_BYTES + (number, number, line, line, line, case)


def mutate(rng, data, ways, most=3):
    for _ in range(rng.choice((0, 1, 1, 1, 2, most))):
        data = rng.choice(ways)(rng, data)
    return data
