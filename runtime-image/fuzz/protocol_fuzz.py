#!/usr/bin/env python3
"""Conversations that a client would have, altered below the level of requests, against the linked image.

    runtime-image/fuzz/protocol_fuzz.py                       # after `mvn package`; a minute
    runtime-image/fuzz/protocol_fuzz.py --seconds 3600 --seed 0
    runtime-image/fuzz/protocol_fuzz.py --seed 7 --from 4711 --cases 1

HTTP/1.1 and HTTP/2 by turns; README.md says what is altered and what has to hold. Leaves JUnit XML in target/ci, and the
conversations of a batch that went wrong in target/ci/protocol-fuzz.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "protocol"), str(HERE.parent / "bench")]
import fuzz  # noqa: E402
import http1  # noqa: E402
import http2  # noqa: E402
import startup  # noqa: E402

CONFIGURATION = {
    "LIMITS_RATE": "1000000",
    "LIMITS_EXPENSIVE_RATE": "1000000",
    "AUTH_ACCESS_TOKEN_LIFETIME": "24h",
    "SERVER_IDLE_TIMEOUT": "2s",
    "SERVER_REQUEST_TIMEOUT": "1s",
    "LOG_FORMAT": "json",
}
PATIENCE = 20  # seconds, for the service to end a connection whose client has said all
MAX_RSS = 512  # MiB
LEFT_OVER = 40  # threads that may be there at the end and were not at the beginning
STATUS = re.compile(rb"(?:^|\n)HTTP/1\.1 (\d{3}) ")
REFUSALS = (501, 505)
LOGGED = re.compile(r'"exception":|"status":(?!501|505)5\d\d|"level":"(?:ERROR|error|SEVERE)"|^[^{]')
SMUGGLED = re.compile(r"smuggled-(\d+)")


class Case:
    """All of it follows from the seed and the number."""

    def __init__(self, seed, number, token):
        rng = random.Random(f"{seed}:{number}")
        self.number, self.http1 = number, rng.random() < 0.5
        kind = http1 if self.http1 else http2
        self.data = kind.conversation(rng, token, b"smuggled-%d" % number)
        self.cuts = sorted(rng.randint(0, len(self.data)) for _ in range(rng.choice((0, 0, 1, 3, 10))))
        self.pauses = [rng.choice((0, 0, 0.001, 0.01)) for _ in self.cuts]
        self.end = rng.choices(("finish", "reset", "close", "wait"), (12, 2, 2, 1))[0]

    def asks_for(self):
        """The markers in the targets of its requests: its own, or what an alteration has made of it, of HTTP/2 even HTTP/1.1."""
        return {marker for target in http1.asked(self.data) for marker in SMUGGLED.findall(target.decode("latin-1"))}

    def run(self, port):
        """The answer's statuses, or what went wrong."""
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            said = bytearray()
            try:
                for begin, end, pause in zip([0, *self.cuts], [*self.cuts, len(self.data)], [*self.pauses, 0]):
                    self.send(s, self.data[begin:end], said)
                    time.sleep(pause)
                if self.end == "reset":
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if self.end in ("reset", "close"):
                    return said
                if self.end == "finish":
                    s.shutdown(socket.SHUT_WR)
                s.settimeout(PATIENCE)
                while part := s.recv(65_536):
                    self.keep(said, part)
            except TimeoutError:
                raise TimeoutError(f"case {self.number}: the connection is still open") from None
            except OSError:
                pass  # closed, which may be the answer
            return said

    def send(self, s, data, said):
        """Reads meanwhile, so that neither side waits for the other for ever."""
        s.setblocking(False)
        deadline = time.monotonic() + PATIENCE
        while data:
            try:
                data = data[s.send(data[:65_536]):]
                continue
            except BlockingIOError:
                pass
            if time.monotonic() > deadline:
                raise TimeoutError
            try:
                part = s.recv(65_536)
                if not part:
                    raise ConnectionResetError
                self.keep(said, part)
            except BlockingIOError:
                time.sleep(0.001)
        s.settimeout(PATIENCE)

    @staticmethod
    def keep(said, part):
        if len(said) < 1 << 20:
            said += part


class Fuzzer:
    def __init__(self, site, arguments):
        self.site, self.arguments = site, arguments
        self.faults, self.statuses, self.sent, self.peak = [], collections.Counter(), collections.Counter(), 0
        self.token = b""
        self.start()

    def start(self):
        self.process = self.site.start_server(True)
        self.log_read = 0
        self.token = self.token or self.sign_in()
        self.threads = self.virtual_threads()

    def sign_in(self):
        body = json.dumps({"username": "bench", "password": startup.PASSWORD}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.site.port}/v1/auth/login", body, {"Content-Type": "application/json"})
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    return json.load(answer)["access_token"].encode()
            except urllib.error.HTTPError as e:  # 429: the hash took too long, on a busy machine
                if e.code != 429 or time.monotonic() > deadline:
                    raise
                time.sleep(int(e.headers["Retry-After"]))

    def batch(self, numbers, pool):
        cases = [Case(self.arguments.seed, number, self.token) for number in numbers]
        wrong = []
        for case, result in zip(cases, pool.map(lambda one: self.attempt(one), cases)):
            self.sent["HTTP/1.1" if case.http1 else "HTTP/2"] += 1
            if isinstance(result, str):
                wrong.append(result)
            elif case.http1:
                for status in map(int, STATUS.findall(result)):
                    self.statuses[status] += 1
                    if status >= 500 and status not in REFUSALS:
                        wrong.append(f"case {case.number}: {status}")
        wrong += self.wrong_with_the_service(cases)
        if wrong:
            self.keep(cases)
            self.faults += wrong
            print(f"cases {cases[0].number} to {cases[-1].number}:", *wrong[:10], sep="\n  ", flush=True)
            if self.arguments.keep_going and (self.process.poll() is not None or any("ready" in one for one in wrong)):
                self.restart()

    def attempt(self, case):
        try:
            return case.run(self.site.port)
        except OSError as e:
            return f"case {case.number}: {e}"

    def wrong_with_the_service(self, cases):
        wrong = []
        asked = {marker for case in cases for marker in case.asks_for()}
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.site.port}/health/ready", timeout=PATIENCE) as answer:
                answer.read()
        except OSError as e:
            wrong.append(f"/health/ready: {e}")
        if self.process.poll() is not None:
            return wrong + [f"the process has ended with {self.process.returncode}"]
        rss = startup.resident_mib(self.process.pid)
        self.peak = max(self.peak, rss)
        if rss > MAX_RSS:
            wrong.append(f"{rss:.0f} MiB of memory")
        with open(self.site.work / "log", errors="replace") as log:
            log.seek(self.log_read)
            for line in log.read().splitlines():
                if LOGGED.search(line):
                    wrong.append(f"log: {line[:600]}")
                hidden = SMUGGLED.search(line)
                if hidden and hidden[1] not in asked:
                    wrong.append(f"case {hidden[1]}: what was hidden is served")
            self.log_read = log.tell()
        return wrong

    def restart(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.site.log.close()
        self.start()

    def keep(self, cases):
        folder = fuzz.ROOT / "target/ci/protocol-fuzz"
        folder.mkdir(parents=True, exist_ok=True)
        for case in cases:
            (folder / f"{self.arguments.seed}-{case.number}").write_bytes(case.data)

    def run(self):
        deadline = time.monotonic() + self.arguments.seconds
        number, last = self.arguments.first, self.arguments.first + self.arguments.cases
        with concurrent.futures.ThreadPoolExecutor(self.arguments.threads) as pool:
            while time.monotonic() < deadline and number < last and (self.arguments.keep_going or not self.faults):
                size = min(self.arguments.batch, last - number)
                self.batch(range(number, number + size), pool)
                number += size
        if not self.faults:
            self.faults += self.what_is_left()

    def what_is_left(self):
        """Of requests, places and threads, after all clients have gone."""
        deadline = time.monotonic() + PATIENCE
        while (left := self.left()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return left

    def left(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.site.management}/metrics", timeout=PATIENCE) as answer:
            active = int(re.search(rb"(?m)^http_server_active_requests (\d+)", answer.read())[1]) - 1
        threads = self.virtual_threads() - self.threads
        return [f"{active} requests are being served"] * (active > 0) + [f"{threads} threads more"] * (threads > LEFT_OVER)

    def virtual_threads(self):
        dump = self.site.work / "threads"
        subprocess.run([self.site.image / "bin/jcmd", str(self.process.pid), f"Thread.dump_to_file -overwrite {dump}"], check=True,
                       stdout=subprocess.DEVNULL)
        return len(re.findall(r"(?m)^#\d+ .*\bvirtual\b", dump.read_text()))

    def report(self):
        suite = ElementTree.Element("testsuite", name="protocol-fuzz", tests="1", failures=str(int(bool(self.faults))), errors="0",
                                    skipped="0")
        case = ElementTree.SubElement(suite, "testcase", name="the service bears altered conversations in HTTP/1.1 and HTTP/2")
        if self.faults:
            ElementTree.SubElement(case, "failure", message="\n".join(self.faults)[:5000])
        (fuzz.ROOT / "target/ci").mkdir(parents=True, exist_ok=True)
        ElementTree.ElementTree(suite).write(fuzz.ROOT / "target/ci/protocol-fuzz.xml")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=startup.TARGET / "customer-service")
    parser.add_argument("--seed", type=int, default=1, help="(1); 0: another one each time")
    parser.add_argument("--seconds", type=float, default=60, help="(60)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="number of the first case (0)")
    parser.add_argument("--cases", type=int, default=1 << 60, help="at most so many")
    parser.add_argument("--batch", type=int, default=200, help="cases between two looks at the service (200)")
    parser.add_argument("--threads", type=int, default=8, help="connections at once (8)")
    parser.add_argument("--heap", default="256m", help="-Xmx (256m)")
    parser.add_argument("--keep-going", action="store_true", help="with a new process after a fault")
    parser.add_argument("--log", type=pathlib.Path, help="keep the service's log here")
    arguments = parser.parse_args()
    arguments.seed = arguments.seed or random.randrange(1, 1 << 31)
    print(f"seed {arguments.seed}", flush=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-fuzz-"))
    site = fuzzer = None
    begun = time.monotonic()
    try:
        os.chmod(work, 0o755)
        if "PG_BIN" not in os.environ and (binaries := fuzz.postgres_of_the_tests(work)):
            os.environ["PG_BIN"] = str(binaries)
        site = startup.Site(arguments.image.resolve(), work, arguments.heap, **CONFIGURATION)
        fuzzer = Fuzzer(site, arguments)
        fuzzer.run()
        fuzzer.report()
        print(f"cases: {dict(fuzzer.sent)}; statuses of HTTP/1.1: {dict(sorted(fuzzer.statuses.items()))}; "
              f"highest memory seen: {fuzzer.peak:.0f} MiB; {time.monotonic() - begun:.0f} s")
        print(f"{len(fuzzer.faults)} faults" if fuzzer.faults else "no fault")
        return 1 if fuzzer.faults else 0
    finally:
        if fuzzer and fuzzer.process.poll() is None:
            fuzzer.process.kill()
            fuzzer.process.wait()
        if site:
            site.close()
        if arguments.log and (work / "log").exists():
            shutil.copy(work / "log", arguments.log)
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
