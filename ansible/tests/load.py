#!/usr/bin/env python3
"""Constant load of mixed reads and writes over keep-alive connections; says how many requests failed, and how.

  load.py --url https://lb1 --address 10.77.0.11 --ca ca.crt --password-file FILE --rate 200 --requests 20000

Stops after --duration seconds or --requests requests, whichever comes first, or when it is asked to (SIGTERM, SIGINT) and
at least --at-least requests were sent; then reads the customers that it was told are created, and prints one JSON object. A
request that was sent and not answered as expected has failed: nothing is ever sent a second time. A connection that the server closed between two requests is no failure, as HTTP allows it at any time (RFC 9112,
section 9.6); another one is opened.
"""
import argparse
import asyncio
import collections
import json
import pathlib
import random
import signal
import ssl
import sys
import time
import urllib.parse
import uuid

ANSWER_LIMIT = 10  # seconds for a connection or an answer; longer is a failure
READ_AGAIN = 1000  # created customers, the latest
SHOWN = 20  # failures that are shown one by one


class Failure(Exception):
    """A request that was not answered as it should have been."""


class Connection:
    """One connection at a time, kept alive as long as the server does."""

    def __init__(self, target):
        self.target = target
        self.reader = self.writer = None
        self.opened = 0

    async def open(self):
        # A server that has said that it closes, or has closed, takes no further request on this connection.
        if self.writer is not None and (self.reader.at_eof() or self.writer.is_closing()):
            await self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                self.target.address, self.target.port, ssl=self.target.tls,
                server_hostname=self.target.host if self.target.tls else None)
            self.opened += 1

    async def close(self):
        if self.writer is not None:
            self.writer.close()
            self.reader = self.writer = None

    async def request(self, method, path, headers, body):
        """The answer's status, headers and body."""
        await self.open()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.target.host}", *(f"{k}: {v}" for k, v in headers.items())]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        answered = {}
        for line in head[1:]:
            name, colon, value = line.partition(":")
            if colon:
                answered[name.lower()] = value.strip()
        content = await self.content(status, answered)
        if answered.get("connection", "").lower() == "close":
            await self.close()
        return status, answered, content

    async def content(self, status, headers):
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readuntil(b"\r\n")
        return b"".join(parts)


class Target:
    def __init__(self, options):
        url = urllib.parse.urlsplit(options.url)
        self.host, self.port = url.hostname, url.port or {"https": 443, "http": 80}[url.scheme]
        self.address = options.address or self.host
        self.tls = ssl.create_default_context(cafile=options.ca) if url.scheme == "https" else None


class Load:
    def __init__(self, options):
        self.options = options
        self.target = Target(options)
        self.random = random.Random(options.seed)
        self.stopping = False
        self.token, self.token_good_until = None, 0.0
        self.signing_in = asyncio.Lock()
        self.sent = 0
        self.kinds = collections.Counter()
        self.failures, self.reasons = [], collections.Counter()
        self.latencies = []
        self.created = collections.deque(maxlen=READ_AGAIN)
        self.lost = 0
        self.longest_gap = 0.0
        self.answered_at = None
        self.connections = []

    async def run(self):
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        self.first = loop.time()
        self.last = self.first + self.options.duration
        await asyncio.gather(*(self.client(number) for number in range(self.options.connections)))
        self.ended = loop.time()
        await self.read_again()

    async def read_again(self):
        """What was acknowledged and is not there has been lost."""
        connection = Connection(self.target)
        for customer in self.created:
            status, _, _ = await connection.request(
                "GET", f"/v1/customers/{customer}", {"Authorization": f"Bearer {self.token}"}, None)
            self.lost += status != 200
        await connection.close()

    async def client(self, number):
        connection = Connection(self.target)
        self.connections.append(connection)
        customers = []
        while await self.turn():
            await self.sign_in(connection)
            if self.token is not None:
                await self.timed(connection, *self.choose(customers), customers)
        await connection.close()

    async def turn(self):
        """Waits until the next request is due: the rate is that of all clients, however slow the answers are."""
        now = asyncio.get_running_loop().time()
        enough = self.stopping and self.sent >= self.options.at_least
        if enough or self.sent >= self.options.requests or now > self.last:
            return False
        due = self.first + self.sent / self.options.rate
        self.sent += 1
        await asyncio.sleep(max(0.0, due - now))
        return True

    def stop(self):
        self.stopping = True

    async def sign_in(self, connection):
        loop = asyncio.get_running_loop()
        async with self.signing_in:
            if loop.time() < self.token_good_until:
                return
            body = json.dumps({"username": self.options.user, "password": self.options.password}).encode()
            answer = await self.timed(connection, "sign in", "POST", "/v1/auth/login",
                                      {"Content-Type": "application/json"}, body, 200, [])
            if answer is not None:
                if self.token is None:
                    print("load: signed in", file=sys.stderr, flush=True)
                self.token = answer["access_token"]
                self.token_good_until = loop.time() + answer["expires_in"] * 0.8
            elif self.token_good_until == 0.0:
                await asyncio.sleep(0.2)

    def choose(self, customers):
        """Of ten requests six read one customer, one lists, two create, and one changes."""
        headers = {"Authorization": f"Bearer {self.token}"}
        kind = self.random.choices(["read", "list", "create", "change"], [6, 1, 2, 1])[0] if customers else "create"
        if kind == "create":
            name = uuid.uuid4().hex
            body = json.dumps({"name": f"Load {name[:8]}", "email": f"{name}@load.example", "metadata": {"by": "load"}}).encode()
            return kind, "POST", "/v1/customers", headers | {
                "Content-Type": "application/json", "Idempotency-Key": name}, body, 201
        if kind == "list":
            return kind, "GET", "/v1/customers?limit=5", headers, None, 200
        path = "/v1/customers/" + self.random.choice(customers)
        if kind == "read":
            return kind, "GET", path, headers, None, 200
        body = json.dumps({"metadata": {"by": "load", "at": str(self.sent)}}).encode()
        return kind, "PATCH", path, headers | {"Content-Type": "application/merge-patch+json"}, body, 200

    async def timed(self, connection, kind, method, path, headers, body, expected, customers):
        loop = asyncio.get_running_loop()
        self.kinds[kind] += 1
        begun = loop.time()
        try:
            async with asyncio.timeout(ANSWER_LIMIT):
                status, _, content = await connection.request(method, path, headers, body)
            if status != expected:
                raise Failure(f"{status} {content[:200].decode(errors='replace')}")
            answer = json.loads(content)
        except (Failure, OSError, EOFError, TimeoutError, ValueError, IndexError, asyncio.LimitOverrunError) as failure:
            await connection.close()
            self.fail(kind, begun, failure)
            return None
        now = loop.time()
        self.latencies.append(now - begun)
        self.longest_gap = max(self.longest_gap, now - (self.answered_at or now))
        self.answered_at = now
        if kind == "create":
            self.created.append(answer["id"])
            if len(customers) < 50:
                customers.append(answer["id"])
        return answer

    def fail(self, kind, begun, failure):
        reason = f"{type(failure).__name__}: {failure}"
        self.reasons[reason.split("{")[0].strip()] += 1
        if len(self.failures) < SHOWN:
            now = asyncio.get_running_loop().time()
            self.failures.append({"at": round(begun - self.first, 3), "after": round(now - begun, 3), "kind": kind,
                                  "time": time.strftime("%H:%M:%S"), "reason": reason})

    def summary(self):
        ordered = sorted(self.latencies) or [0.0]
        return {
            "requests": sum(self.kinds.values()),
            "kinds": dict(self.kinds),
            "failed": sum(self.reasons.values()),
            "reasons": dict(self.reasons),
            "failures": self.failures,
            "lost": self.lost,
            "seconds": round(self.ended - self.first, 1),
            "connections_opened": sum(connection.opened for connection in self.connections),
            "p50_ms": round(ordered[len(ordered) // 2] * 1000, 1),
            "p99_ms": round(ordered[len(ordered) * 99 // 100] * 1000, 1),
            "longest_ms": round(ordered[-1] * 1000, 1),
            "longest_gap_ms": round(self.longest_gap * 1000, 1),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="scheme, host name as in the certificate, port")
    parser.add_argument("--address", help="where to connect, if the name does not resolve here")
    parser.add_argument("--ca", help="certificate of the authority")
    parser.add_argument("--user", default="operator")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--rate", type=float, default=100.0, help="requests per second, of all connections (%(default)s)")
    parser.add_argument("--connections", type=int, default=16, help="(%(default)s)")
    parser.add_argument("--duration", type=float, default=600.0, help="seconds (%(default)s)")
    parser.add_argument("--requests", type=int, default=1_000_000, help="(%(default)s)")
    parser.add_argument("--at-least", type=int, default=0, help="requests, even when asked to stop (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.password = pathlib.Path(options.password_file).read_text().rstrip("\n")
    load = Load(options)
    asyncio.run(load.run())
    print(json.dumps(load.summary(), indent=1))
    return 1 if load.reasons else 0


if __name__ == "__main__":
    sys.exit(main())
