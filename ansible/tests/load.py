#!/usr/bin/env python3
"""Constant load of mixed reads and writes over keep-alive connections, and what went wrong with it.

  load.py --url https://lb1 --ca CA --user NAME --password-file FILE --seconds 60 [--rate 300] [--connections 16]

Ends by itself, or earlier on SIGTERM. Prints one JSON object: requests, failures (the first twenty with time and reason),
p50_ms, p99_ms, longest_gap_ms. A request that was sent and not answered as expected is a failure; nothing is repeated. A
connection that the other side has closed between two requests is none: it is opened anew, as HTTP clients do.
"""
import argparse
import asyncio
import json
import random
import signal
import ssl
import time
import urllib.parse
import uuid


class Load:
    def __init__(self, options):
        url = urllib.parse.urlsplit(options.url)
        self.host, self.port = url.hostname, url.port or 443
        self.context = ssl.create_default_context(cafile=options.ca)
        self.user = options.user
        self.password = open(options.password_file).read().strip()
        self.interval = options.connections / options.rate
        self.connections = options.connections
        self.end = time.monotonic() + options.seconds
        self.began = time.time()
        self.latencies, self.answered, self.failures = [], [], []
        self.sent = 0
        self.token, self.token_until = None, 0
        self.signing_in = asyncio.Lock()
        self.customers = []

    async def sign_in(self, connection):
        async with self.signing_in:
            if time.monotonic() < self.token_until:
                return
            body = json.dumps({"username": self.user, "password": self.password})
            status, _, answer = await connection.request("POST", "/v1/auth/login", body)
            if status != 200:
                raise Failure(f"sign-in: {status}")
            answer = json.loads(answer)
            self.token = answer["access_token"]
            self.token_until = time.monotonic() + answer["expires_in"] / 2

    def next_request(self):
        choice = random.random()
        authorization = f"Bearer {self.token}"
        if choice < 0.2 or not self.customers:
            body = json.dumps({"name": "Load", "email": f"{uuid.uuid4()}@example.com"})
            return "POST", "/v1/customers", body, {"Authorization": authorization, "Idempotency-Key": str(uuid.uuid4())}, 201
        if choice < 0.3:
            return "PATCH", random.choice(self.customers), json.dumps({"name": f"Load {self.sent}"}), {
                "Authorization": authorization, "Content-Type": "application/merge-patch+json"}, 200
        if choice < 0.4:
            return "GET", "/v1/customers?limit=5", None, {"Authorization": authorization}, 200
        return "GET", random.choice(self.customers), None, {"Authorization": authorization}, 200

    async def client(self, number):
        connection = Connection(self)
        due = time.monotonic() + number * self.interval / self.connections
        while time.monotonic() < self.end:
            await asyncio.sleep(max(0, due - time.monotonic()))
            due = max(due + self.interval, time.monotonic() - 1)
            try:
                if time.monotonic() >= self.token_until:
                    await self.sign_in(connection)
                method, path, body, fields, expected = self.next_request()
                began = time.monotonic()
                self.sent += 1
                status, headers, _ = await asyncio.wait_for(connection.request(method, path, body, fields), 15)
                now = time.monotonic()
                self.latencies.append(now - began)
                self.answered.append(now)
                if status != expected:
                    raise Failure(f"{method} {path}: {status}, not {expected}")
                if method == "POST" and len(self.customers) < 2000:
                    self.customers.append(headers["location"])
            except (Failure, OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ssl.SSLError) as e:
                self.failures.append({"at": round(time.time(), 3), "reason": f"{type(e).__name__} {e}"})
                connection.close()
        connection.close()

    async def run(self):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.stop)
        await asyncio.gather(*(self.client(n) for n in range(self.connections)))
        ordered = sorted(self.latencies) or [0]
        gaps = [b - a for a, b in zip(self.answered, self.answered[1:])] or [0]
        return {"requests": self.sent, "failed": len(self.failures), "failures": self.failures[:20],
                "p50_ms": round(ordered[len(ordered) // 2] * 1000, 1),
                "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 1), "longest_gap_ms": round(max(gaps) * 1000)}

    def stop(self):
        self.end = 0


class Failure(Exception):
    pass


class Connection:
    def __init__(self, load):
        self.load = load
        self.reader = self.writer = None

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def request(self, method, path, body=None, fields=None):
        if self.writer is None or self.reader.at_eof() or self.writer.is_closing():
            self.close()
            self.reader, self.writer = await asyncio.open_connection(
                self.load.host, self.load.port, ssl=self.load.context, server_hostname=self.load.host)
        content = (body or "").encode()
        head = {"Host": self.load.host, **(fields or {})}
        if body is not None:
            head.setdefault("Content-Type", "application/json")
            head["Content-Length"] = str(len(content))
        lines = [f"{method} {path} HTTP/1.1"] + [f"{name}: {value}" for name, value in head.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + content)
        await self.writer.drain()
        status = int((await self.line()).split(" ", 2)[1])
        headers = {}
        while line := await self.line():
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        answer = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return status, headers, answer

    async def line(self):
        line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise Failure("the connection ended before the answer")
        return line.decode().rstrip("\r\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--ca", required=True)
    parser.add_argument("--user", default="operator")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=300, help="requests a second (300)")
    parser.add_argument("--connections", type=int, default=16)

    async def run():
        return await Load(parser.parse_args()).run()

    print(json.dumps(asyncio.run(run()), indent=1))


if __name__ == "__main__":
    main()
