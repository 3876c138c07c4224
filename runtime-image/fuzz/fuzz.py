#!/usr/bin/env python3
"""schemathesis against the linked image, by the project's own OpenAPI document.

    .ci/fuzz                                    # after `mvn package`; makes what Python needs, then runs this
    .ci/fuzz --cases 20000

Runs all phases with all checks; `schemathesis.toml` has the exceptions and why. Repeats the random phases with the next seed
until there were --cases cases. Afterwards the service has to be alive and well, and its log without a 5xx and a stack trace.
Leaves JUnit XML in target/ci.
"""
import argparse
import collections
import json
import lzma
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "bench"))
import startup  # noqa: E402

CONFIGURATION = {
    "LIMITS_RATE": "1000000",
    "LIMITS_EXPENSIVE_RATE": "1000000",
    "SERVER_TRUSTED_PROXIES": "127.0.0.1",
    "LOG_FORMAT": "json",
}
PATIENCE = 3600  # seconds, for one run of schemathesis


def postgres_of_the_tests(work):
    """The server that the tests of `mvn verify` run on, out of Maven's repository."""
    repository = pathlib.Path.home() / ".m2/repository/io/zonky/test/postgres"
    jars = sorted(repository.glob(f"embedded-postgres-binaries-linux-{machine()}/*/*.jar"), key=os.path.getmtime)
    if not jars:
        return None
    folder = work / "postgres"
    with zipfile.ZipFile(jars[-1]) as jar:
        name = next(n for n in jar.namelist() if n.endswith(".txz"))
        with jar.open(name) as packed, lzma.open(packed) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            tar.extractall(folder, filter="data")
    return folder / "bin"


def machine():
    return {"x86_64": "amd64", "aarch64": "arm64v8"}[os.uname().machine]


class Run:
    def __init__(self, site, arguments):
        self.site, self.arguments = site, arguments
        self.url = f"http://127.0.0.1:{site.port}"
        self.phases, self.answers = collections.Counter(), collections.Counter()
        self.reports, self.status = [], 0

    def schemathesis(self, seed, *options):
        report = ROOT / "target" / "ci" / f"fuzz-{len(self.reports) + 1}.xml"
        figures = self.site.work / "figures.json"
        figures.unlink(missing_ok=True)
        environment = {**os.environ, **{k: v for k, v in self.site.environment.items() if k != "PATH"},
                       "FUZZ_URL": self.url, "FUZZ_COMMAND": str(self.site.image / "bin/customer-service"),
                       "FUZZ_FIGURES": str(figures), "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
                   str(self.arguments.document or self.url + "/openapi.yaml"), "--url", self.url, "--seed", str(seed), "--checks", "all",
                   "--report", "junit", "--report-junit-path", str(report), "--no-color", *options]
        print("$", " ".join(command), flush=True)
        ended = subprocess.run(command, env=environment, cwd=self.site.work, timeout=PATIENCE).returncode
        self.status = self.status or ended
        self.reports.append(report)
        if not figures.exists():
            sys.exit(f"schemathesis ended with {ended} and left no figures")
        told = json.loads(figures.read_text())
        self.phases.update(told["phases"])
        self.answers.update(told["answers"])

    def statuses(self):
        statuses = collections.Counter()
        for answer, number in self.answers.items():
            statuses[answer.split()[-1]] += number
        return dict(sorted(statuses.items()))

    def all(self):
        seed, options = self.arguments.seed, self.arguments.options
        self.schemathesis(seed, "--max-examples", str(self.arguments.examples), *options)
        while sum(self.phases.values()) < self.arguments.cases and not self.status:
            seed += 1
            self.schemathesis(seed, "--phases", "fuzzing,stateful", "--max-examples", str(self.arguments.examples), *options)


def what_the_log_must_not_have(log):
    """Lines about answers of 500 and more, of level error, and stack traces."""
    wrong = re.compile(r'"status":"?5\d\d|"level":"(ERROR|error|SEVERE)"|\bat [\w.$/]+\([\w.]+\.java:\d+\)|Exception:')
    with open(log, errors="replace") as lines:
        return [line.strip() for line in lines if wrong.search(line)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=startup.TARGET / "customer-service")
    parser.add_argument("--seed", type=int, default=1, help="(1); 0: another one each time")
    parser.add_argument("--examples", type=int, default=100, help="of each operation in a run of schemathesis (100)")
    parser.add_argument("--cases", type=int, default=0, help="run on until there were so many (0: one run)")
    parser.add_argument("--document", type=pathlib.Path, help="another one than that of the image")
    parser.add_argument("--heap", default="256m", help="-Xmx (256m)")
    parser.add_argument("--log", type=pathlib.Path, help="keep the service's log here")
    parser.add_argument("options", nargs="*", help="more for schemathesis, after --")
    arguments = parser.parse_args()
    arguments.seed = arguments.seed or random.randrange(1, 1 << 31)
    print(f"seed {arguments.seed}", flush=True)
    (ROOT / "target" / "ci").mkdir(parents=True, exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-fuzz-"))
    site = process = None
    begun = time.monotonic()
    try:
        os.chmod(work, 0o755)
        if "PG_BIN" not in os.environ and (binaries := postgres_of_the_tests(work)):
            os.environ["PG_BIN"] = str(binaries)
        site = startup.Site(arguments.image.resolve(), work, arguments.heap, **CONFIGURATION)
        process = site.start_server(True)
        run = Run(site, arguments)
        run.all()
        faults = [] if run.status == 0 else [f"schemathesis ended with {run.status}"]
        peak = re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())
        with urllib.request.urlopen(run.url + "/health/deep", timeout=10) as answer:
            if json.load(answer)["status"] != "UP":
                faults.append("/health/deep is not UP")
        faults += [f"{number} times {answer}" for answer, number in run.answers.items() if int(answer.split()[-1]) >= 500]
        site.end(process)
        process = None
        faults += [f"log: {line[:2000]}" for line in what_the_log_must_not_have(work / "log")]
        print(f"cases: {sum(run.phases.values())} {dict(run.phases)}; statuses: {run.statuses()}; "
              f"highest memory of the service: {int(peak[1]) // 1024} MiB; {time.monotonic() - begun:.0f} s")
        report(run, faults)
        print("\n".join(faults[:20]) or "no fault")
        return 1 if faults else 0
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
        if site:
            site.close()
        if arguments.log and (work / "log").exists():
            shutil.copy(work / "log", arguments.log)
        shutil.rmtree(work, ignore_errors=True)


def report(run, faults):
    """One more test case beside schemathesis' own: what became of the service."""
    suite = ElementTree.Element("testsuite", name="fuzz", tests="1", failures=str(int(bool(faults))), errors="0", skipped="0")
    case = ElementTree.SubElement(suite, "testcase", name="the service is well afterwards, and its log has no fault")
    if faults:
        ElementTree.SubElement(case, "failure", message="\n".join(faults)[:5000])
    ElementTree.ElementTree(suite).write(ROOT / "target" / "ci" / "fuzz-service.xml")


if __name__ == "__main__":
    sys.exit(main())
