"""Does what a newcomer does: clones, runs `mvn -Pdev` as a normal user with an empty Maven repository, runs the printed
curl line, presses Ctrl-C. Leaves its report in target/ci/newcomer.xml."""
import json
import os
import pwd
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import xml.etree.ElementTree as ElementTree

PATIENCE = 900  # seconds; nearly all of it for downloads
END = 300  # seconds; that it ends is what counts, not how soon on a busy machine
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Newcomer:
    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="newcomer-")
        self.mark = uuid.uuid4().hex
        self.clone = os.path.join(self.home, "customer-service")
        self.user = []
        subprocess.run(["git", "clone", "--quiet", ROOT, self.clone], check=True)
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.user = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
            subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", self.home], check=True)
        keep = ("PATH", "LANG", "JAVA_HOME")
        self.environment = {k: v for k, v in os.environ.items() if k in keep}
        # Maven takes the home folder from the user's record, not from the environment.
        self.environment |= {"HOME": self.home, "NEWCOMER": self.mark,
                             "MAVEN_OPTS": f"-Duser.home={self.home}"}
        self.log = []

    def start(self):
        self.maven = subprocess.Popen(
            self.user + ["mvn", "--batch-mode", "--no-transfer-progress", "-Pdev"], cwd=self.clone, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)

    def curl_line(self):
        """The first printed command that starts with curl, without what a terminal would colour it with."""
        end, pending = time.monotonic() + PATIENCE, b""
        while time.monotonic() < end:
            if select.select([self.maven.stdout], [], [], 1)[0]:
                some = os.read(self.maven.stdout.fileno(), 65536)
                if not some:
                    break
                *lines, pending = (pending + some).split(b"\n")
                for line in lines:
                    text = re.sub(r"\x1b\[[0-9;]*m", "", line.decode(errors="replace")).rstrip()
                    self.log.append(text)
                    if text.strip().startswith("curl "):
                        return text.strip()
        raise AssertionError("no curl line came")

    def run(self, line):
        return subprocess.run(self.user + ["sh", "-c", line], cwd=self.home, env=self.environment, timeout=END,
                              capture_output=True, text=True)

    def processes(self):
        """Those that carry the mark in their environment: everything that was started, however it was re-parented."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", "rb") as environment, open(f"/proc/{pid}/cmdline", "rb") as command:
                    if f"NEWCOMER={self.mark}".encode() in environment.read().split(b"\0"):
                        found.append((int(pid), command.read().replace(b"\0", b" ").decode(errors="replace")[:120]))
            except OSError:
                pass
        return found

    def interrupt(self):
        os.killpg(self.maven.pid, signal.SIGINT)
        self.maven.stdout.close()
        self.maven.wait(END)

    def clean_up(self):
        for pid, _ in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        shutil.rmtree(self.home, ignore_errors=True)


def the_printed_curl_line_works(newcomer):
    newcomer.start()
    line = newcomer.curl_line()
    answer = newcomer.run(line)
    assert answer.returncode == 0, f"{line}\nended with {answer.returncode}: {answer.stderr}"
    body = answer.stdout[answer.stdout.index("{"):]
    assert json.loads(body).get("items"), f"{line}\nanswered {answer.stdout[:500]}"


def ctrl_c_leaves_no_process_behind(newcomer):
    assert any("postgres" in command for _, command in newcomer.processes()), "PostgreSQL did not run"
    newcomer.interrupt()
    end = time.monotonic() + END
    while newcomer.processes() and time.monotonic() < end:
        time.sleep(0.2)
    assert not newcomer.processes(), newcomer.processes()


def main():
    suite = ElementTree.Element("testsuite", name="newcomer")
    newcomer = Newcomer()
    failures = 0
    try:
        for test in (the_printed_curl_line_works, ctrl_c_leaves_no_process_behind):
            case = ElementTree.SubElement(suite, "testcase", name=test.__name__)
            try:
                test(newcomer)
                print(f"passed: {test.__name__}")
            except Exception as failure:  # whatever it is, the other test and the report still follow
                failures += 1
                ElementTree.SubElement(case, "failure", message=repr(failure)[:1000])
                print(f"failed: {test.__name__}: {failure!r}")
    finally:
        if failures:
            print("\n".join(newcomer.log[-60:]))
        newcomer.clean_up()
    suite.attrib.update(tests=str(len(suite)), failures=str(failures), errors="0", skipped="0")
    os.makedirs(os.path.join(ROOT, "target", "ci"), exist_ok=True)
    ElementTree.ElementTree(suite).write(os.path.join(ROOT, "target", "ci", "newcomer.xml"))
    return 1 if failures else 0


sys.exit(main())
