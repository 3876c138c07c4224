#!/usr/bin/env python3
"""Whether the time of a refused sign-in tells if somebody has the name.

    runtime-image/bench/signin_timing.py                # after `mvn package`

Sends wrong passwords to the linked image: for names that somebody has and for names that nobody has, in random order, each
name once and each attempt from an address of its own, so that no delay for failed sign-ins comes into it. Then compares the
two samples by the Mann-Whitney U test, two-sided: with samples of this size it finds a shift of about a third of the
spread. Fails if it says that the two differ (p < 0.01), or if a single answer differs in anything but its request id.

Needs PostgreSQL's server binaries and psql, as startup.py does.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import startup


def known_users(bench, number):
    """As many users as are asked for, all with the password of the one that is there."""
    names = [f"known{n:04d}" for n in range(number)]
    sql = ("insert into users (id, username, role, password_hash, active, created_at) "
           "select gen_random_uuid(), 'known' || to_char(n, 'FM0000'), 'viewer', password_hash, true, now() "
           f"from users, generate_series(0, {number - 1}) n where username = 'bench'")
    subprocess.run([bench.postgres.bin / "psql", "-h", "127.0.0.1", "-p", str(bench.postgres.port), "-U", "bench",
                    "-d", "postgres", "-qc", sql], env={**os.environ, "PGPASSWORD": startup.PASSWORD}, check=True)
    return names


def refused(port, address, name):
    """How long the answer takes, in milliseconds, and all of it that may not tell anything."""
    body = json.dumps({"username": name, "password": "a wrong password"})
    request = (f"POST /v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               f"Content-Length: {len(body)}\r\n\r\n{body}").encode()
    with socket.socket() as s:
        s.bind((address, 0))
        s.connect(("127.0.0.1", port))
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = time.perf_counter()
        s.sendall(request)
        answer = b""
        while startup.complete(answer) is None:
            answer += s.recv(65536) or sys.exit("no answer")
        took = (time.perf_counter() - begun) * 1000
    said = answer.decode()
    request_id = re.search(r"(?i)x-request-id: (\S+)", said)[1]
    # An id has one character more or less, and so has the answer.
    return took, re.sub(r"(?i)(date|content-length): [^\r]*", r"\1", said.replace(request_id, "id"))


def mann_whitney(one, other):
    """The two-sided p-value of U by its normal approximation, ties included."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, ties, at = 0.0, 0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(1 for _, sample in ordered[at:end] if sample == 0)
        ties += (end - at) ** 3 - (end - at)
        at = end
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    return math.erfc(abs(u - n * m / 2) / math.sqrt(2 * variance))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=startup.TARGET / "customer-service")
    parser.add_argument("--samples", type=int, default=200, help="of each kind (200)")
    parser.add_argument("--seed", type=int, default=time.time_ns())
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-signin-"))
    bench = None
    try:
        bench = startup.Bench(arguments.image.resolve(), work, "256m")
        attempts = [("known", name) for name in known_users(bench, arguments.samples)]
        attempts += [("unknown", f"nobody{n:04d}") for n in range(arguments.samples)]
        random.Random(arguments.seed).shuffle(attempts)
        process = bench.start_server(True)
        for n in range(50):  # so that the program is warm
            refused(bench.port, f"127.2.0.{n + 1}", f"warm{n}")
        times, answers = collections.defaultdict(list), set()
        for n, (kind, name) in enumerate(attempts):
            took, answer = refused(bench.port, f"127.1.{n // 250}.{n % 250 + 1}", name)
            times[kind].append(took)
            answers.add(answer)
        bench.end(process)
    finally:
        if bench:
            bench.close()
        shutil.rmtree(work, ignore_errors=True)
    for kind, sample in times.items():
        quartiles = statistics.quantiles(sample, n=4)
        print(f"{kind:8} {len(sample)} samples, median {quartiles[1]:.2f} ms, quartiles {quartiles[0]:.2f} to {quartiles[2]:.2f}")
    p = mann_whitney(times["known"], times["unknown"])
    print(f"Mann-Whitney U: p = {p:.3f}; {len(answers)} kind(s) of answer (seed {arguments.seed})")
    return 0 if p >= 0.01 and len(answers) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
