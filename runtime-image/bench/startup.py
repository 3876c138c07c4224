#!/usr/bin/env python3
"""What a start of the linked image costs, beside an empty main in the same image, in the same run.

    runtime-image/bench/startup.py                      # after `mvn package`
    runtime-image/bench/startup.py --rounds 20 --requests 0

Measured per start, one variant after the other in every round: CPU time (user and system, of all threads, the launcher's
included) and wall time from exec to the first 200 of /health/ready; of an empty main until it has ended. Then once for each
way to serve: resident memory idle and after --requests requests, nine reads to one write. `+aot` starts with an AOT cache:
the image's own; for the empty main one that is made for it here, so that it is as fast as it can be. Times are medians with
the least and the greatest. Quiet the machine first: other load makes everything dearer, the ratio too.

Needs PostgreSQL's server binaries ($PG_BIN, or the newest under /usr/lib/postgresql), which run on a free port of 127.0.0.1
with a folder of their own that is removed at the end.
"""
import argparse
import contextlib
import glob
import json
import os
import pathlib
import pwd
import re
import selectors
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

TARGET = pathlib.Path(__file__).resolve().parent.parent / "target"
PASSWORD = "not a secret: bench"


def empty_class():
    """The class file of `public class Empty { public static void main(String[] a) {} }`: no compiler is needed."""
    utf8 = lambda text: b"\x01" + struct.pack(">H", len(text)) + text.encode()
    pool = [utf8("Empty"), b"\x07\x00\x01", utf8("java/lang/Object"), b"\x07\x00\x03",
            utf8("main"), utf8("([Ljava/lang/String;)V"), utf8("Code")]
    code = struct.pack(">HHI", 0, 1, 1) + b"\xb1" + struct.pack(">HH", 0, 0)
    method = struct.pack(">HHHHHI", 0x0009, 5, 6, 1, 7, len(code)) + code
    return (struct.pack(">IHHH", 0xCAFEBABE, 0, 65, len(pool) + 1) + b"".join(pool)
            + struct.pack(">HHHHH", 0x0021, 2, 4, 0, 0) + struct.pack(">H", 1) + method + struct.pack(">H", 0))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds(pid):
    """Of all its threads, ended ones included, to the nanosecond (clock_getcpuclockid(3))."""
    return time.clock_gettime((~pid << 3) | 2)


def resident_mib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


class Postgres:
    def __init__(self, folder):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[-2]))
        self.bin = pathlib.Path(os.environ.get("PG_BIN") or (found and found[-1]) or sys.exit("no PostgreSQL; set PG_BIN"))
        self.data, self.port = folder / "data", free_port()
        self.user = {}
        if os.geteuid() == 0:  # which PostgreSQL refuses
            account = next(a for a in map(account_of, ("postgres", "nobody")) if a)
            self.user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            self.data.mkdir()
            os.chown(self.data, account.pw_uid, account.pw_gid)
            os.chmod(folder, 0o755)
        password = folder / "password"
        password.write_text(PASSWORD)
        os.chmod(password, 0o644)
        self.call("initdb", "-D", self.data, "-U", "bench", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8",
                  "--locale=C")
        self.call("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o",
                  f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start")

    def call(self, program, *arguments):
        subprocess.run([self.bin / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **self.user)

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")


def account_of(name):
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)


class Site:
    """The image with a database, credentials and an admin of its own, all in a folder that the caller removes."""

    def __init__(self, image, work, heap, **configuration):
        self.image, self.work = image, work
        self.port, self.management = free_port(), free_port()
        self.postgres = Postgres(work)
        credentials = work / "credentials"
        credentials.mkdir(mode=0o700)
        settings = {
            "DATABASE_URL": f"jdbc:postgresql://127.0.0.1:{self.postgres.port}/postgres",
            "DATABASE_USER": "bench",
            "SERVER_HOST": "127.0.0.1",
            "SERVER_PORT": str(self.port),
            "MANAGEMENT_PORT": str(self.management),
            "SHUTDOWN_READINESS_DELAY": "0s",
        } | configuration
        self.environment = {"PATH": "/usr/bin:/bin", "CREDENTIALS_DIRECTORY": str(credentials)}
        self.environment |= {f"CUSTOMER_SERVICE_{key}": value for key, value in settings.items()}
        self.heap = f"-Xmx{heap}"
        try:
            (credentials / "db-password").write_text(PASSWORD)
            (credentials / "jwt-keys.json").write_text(self.command("keys", "generate"))
            self.command("migrate")
            self.command("user", "add", "bench", "--role", "admin", stdin=PASSWORD)
        except BaseException:
            self.close()
            raise

    def command(self, *arguments, stdin=""):
        return subprocess.run([self.image / "bin/customer-service", *arguments], env=self.environment, check=True,
                              input=stdin, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def start_server(self, aot):
        mode = "-XX:AOTMode=" + ("on" if aot else "off")
        self.log = open(self.work / "log", "w")
        process = subprocess.Popen([self.image / "bin/customer-service", "serve"], stdout=self.log, stderr=self.log,
                                   env={**self.environment, "CUSTOMER_SERVICE_JVM_OPTIONS": f"{mode} {self.heap}"})
        self.await_ready(process)
        return process

    def await_ready(self, process):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as s:
                s.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if s.recv(4096).startswith(b"HTTP/1.1 200 "):
                    return
            time.sleep(0.001)
        sys.exit("the service does not become ready; it says:\n" + (self.work / "log").read_text())

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        if process.wait(60) != 143:
            sys.exit(f"the service ends with {process.returncode}, not 143")
        self.log.close()

    def close(self):
        self.postgres.stop()


class Bench(Site):
    def __init__(self, image, work, heap):
        super().__init__(image, work, heap, AUTH_ACCESS_TOKEN_LIFETIME="6h")
        self.jar = work / "empty.jar"  # the JVM makes no cache of classes in a folder
        with zipfile.ZipFile(self.jar, "w") as jar:
            jar.writestr("Empty.class", empty_class())
        self.flags = self.launcher_flags()

    def launcher_flags(self):
        """What the launcher gives the JVM for `serve`, but for the cache and the module: the empty main gets it too."""
        process = self.start_server(True)
        try:
            words = pathlib.Path(f"/proc/{process.pid}/cmdline").read_text().split("\0")[1:]
            words = words[:words.index("-m")]
            return [w for w in words if not w.startswith(("-XX:AOT", "--enable-native"))]
        finally:
            self.end(process)

    def empty(self, *options):
        return [str(self.image / "bin/java"), *self.flags, *options, "-cp", str(self.jar), "Empty"]

    def train_empty(self):
        cache = self.work / "empty.aot"
        subprocess.run(self.empty(f"-XX:AOTCacheOutput={cache}"), env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(self.empty(f"-XX:AOTCache={cache}", "-XX:AOTMode=on"), env=self.environment, check=True)
        return f"-XX:AOTCache={cache}"

    def measure_empty(self, *options):
        started = time.perf_counter()
        pid = os.posix_spawn(self.image / "bin/java", self.empty(*options), self.environment)
        _, status, usage = os.wait4(pid, 0)
        if status:
            sys.exit(f"the empty main ends with {status}")
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - started

    def measure_server(self, aot):
        started = time.perf_counter()
        process = self.start_server(aot)
        cpu, wall = cpu_seconds(process.pid), time.perf_counter() - started
        self.end(process)
        return cpu, wall

    def measure_memory(self, aot, requests):
        process = self.start_server(aot)
        time.sleep(2)
        idle, answered, seconds, cpu = resident_mib(process.pid), 0, 0.0, cpu_seconds(process.pid)
        if requests:
            load = Load(self.port)
            answered, seconds = load.run(requests)
        loaded, cpu = resident_mib(process.pid), cpu_seconds(process.pid) - cpu
        self.end(process)
        return {"idle_mib": idle, "loaded_mib": loaded, "requests": answered, "seconds": seconds,
                "cpu_us_per_request": cpu / answered * 1e6 if answered else None}


class Load:
    """A few kept connections, each with one request at a time; it counts answers and stops at the first that is wrong."""

    CONNECTIONS = 16

    def __init__(self, port):
        self.port = port
        body = json.dumps({"username": "bench", "password": PASSWORD})
        self.token = json.loads(self.once("POST", "/v1/auth/login", body))["access_token"]
        run = str(time.time_ns())
        self.ids = [json.loads(self.once("POST", "/v1/customers", self.customer(f"{run}-{n}")))["id"] for n in range(200)]
        self.run_id = run

    @staticmethod
    def customer(unique):
        return json.dumps({"name": "Ada Lovelace", "email": f"ada-{unique}@example.com", "phone": "+441234567890",
                           "metadata": {"tier": "gold"}})

    def request(self, method, path, body=""):
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        if getattr(self, "token", None):
            head += f"Authorization: Bearer {self.token}\r\n"
        return (head + ("Content-Type: application/json\r\n" if body else "") + "\r\n" + body).encode()

    def once(self, method, path, body=""):
        with socket.create_connection(("127.0.0.1", self.port)) as s:
            s.sendall(self.request(method, path, body))
            data = b""
            while (end := complete(data)) is None:
                part = s.recv(65536)
                if not part:
                    sys.exit(f"{method} {path}: {data[:300]}")
                data += part
            if not data.startswith(b"HTTP/1.1 2"):
                sys.exit(f"{method} {path}: {data[:300]}")
            return data[end[0]:]

    def nth(self, n):
        if n % 10 == 9:
            return self.request("POST", "/v1/customers", self.customer(f"{self.run_id}-load-{n}"))
        return self.request("GET", "/v1/customers/" + self.ids[n * 7 % len(self.ids)])

    def run(self, requests):
        started, sent, answered = time.perf_counter(), 0, 0
        selector, buffers = selectors.DefaultSelector(), {}
        for _ in range(self.CONNECTIONS):
            s = socket.create_connection(("127.0.0.1", self.port))
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(s, selectors.EVENT_READ)
            buffers[s] = b""
            s.sendall(self.nth(sent))
            sent += 1
        while answered < requests:
            for key, _ in selector.select(10) or sys.exit("no answer for 10 s"):
                s = key.fileobj
                data = buffers[s] + s.recv(65536)
                if complete(data) is None:
                    buffers[s] = data
                    continue
                if not data.startswith(b"HTTP/1.1 2"):
                    sys.exit(f"answer {answered}: {data[:300]}")
                answered += 1
                buffers[s] = b""
                s.sendall(self.nth(sent))
                sent += 1
        seconds = time.perf_counter() - started
        for s in buffers:
            s.close()
        return answered, seconds


def complete(data):
    """(Start of the body, its end) of an answer that has arrived whole."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return None
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", data[:head + 2])
    end = head + 4 + (int(length[1]) if length else 0)
    return (head + 4, end) if len(data) >= end else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=TARGET / "customer-service")
    parser.add_argument("--rounds", type=int, default=10, help="starts of each variant (10)")
    parser.add_argument("--requests", type=int, default=100_000, help="before memory is read again (100000); 0: none")
    parser.add_argument("--heap", default="256m", help="-Xmx (256m)")
    parser.add_argument("--json", type=pathlib.Path, default=TARGET / "startup.json", help="all figures")
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-startup-"))
    bench = None
    try:
        bench = Bench(arguments.image.resolve(), work, arguments.heap)
        cache = bench.train_empty()
        variants = {
            "empty main": lambda: bench.measure_empty(),
            "empty main +aot": lambda: bench.measure_empty(cache),
            "serve": lambda: bench.measure_server(False),
            "serve +aot": lambda: bench.measure_server(True),
        }
        figures = {name: [] for name in variants}
        for round_ in range(arguments.rounds + 1):
            for name, measure in variants.items():
                figure = measure()
                if round_ > 0:  # the first one warms the page cache
                    figures[name].append(figure)
        memory = {name: bench.measure_memory(aot, arguments.requests)
                  for name, aot in (("serve", False), ("serve +aot", True))}
        report(figures, memory)
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps({"flags": bench.flags, "starts": figures, "memory": memory}, indent=2) + "\n")
    finally:
        if bench:
            bench.close()
        shutil.rmtree(work, ignore_errors=True)


def report(figures, memory):
    median = lambda name, column: statistics.median(f[column] for f in figures[name]) * 1000
    spread = lambda name, column: f"{min(f[column] for f in figures[name]) * 1000:.0f}-" \
                                  f"{max(f[column] for f in figures[name]) * 1000:.0f}"
    print(f"{'to ready':18}{'CPU ms':>8}{'':12}{'wall ms':>8}{'':12}{'CPU / empty main':>18}")
    for name in figures:
        base = "empty main +aot" if name.endswith("+aot") else "empty main"
        print(f"{name:18}{median(name, 0):8.0f}{spread(name, 0):>12}{median(name, 1):8.0f}{spread(name, 1):>12}"
              f"{median(name, 0) / median(base, 0):18.1f}")
    print(f"\n{'resident memory':18}{'idle MiB':>10}{'after load':>12}{'requests':>10}{'CPU us each':>13}")
    for name, m in memory.items():
        each = f"{m['cpu_us_per_request']:.0f}" if m["requests"] else "-"
        print(f"{name:18}{m['idle_mib']:10.0f}{m['loaded_mib']:12.0f}{m['requests']:10}{each:>13}")


if __name__ == "__main__":
    main()
