"""One fleet for all tests, and what an operator does with it."""
import contextlib
import glob
import itertools
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ANSIBLE = HERE.parent
sys.path.insert(0, str(HERE))
import fleet as fleets  # noqa: E402
import releases  # noqa: E402

# The fleet is made by the first file's tests; each other file leaves it as it was.
FIRST = "test_site.py"
# The clock and the kernel's settings are the machine's. Checks as often as production has them. Without retries in the
# balancer, what an instance loses is seen.
SETTINGS = {"common_time_sync": False, "common_sysctl": False, "load_balancer_check_interval": "2s", "customer_service_readiness_delay": "5s",
            "load_balancer_retries": 0, "load_balancer_virtual_addresses": [f"{fleets.VIRTUAL_ADDRESS}/24"]}
BUILT = ANSIBLE.parent / "runtime-image" / "target" / "customer-service-*.tar.gz"


def pytest_configure(config):
    config.addinivalue_line("markers", "long: run with FLEET_ALL=1 alone, as the rest takes long enough")


def pytest_collection_modifyitems(config, items):
    left_out = [] if os.environ.get("FLEET_ALL") else [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.path.name != FIRST)


class Site:
    def __init__(self, fleet, old, new):
        self.fleet, self.old, self.new = fleet, old, new
        self.variables = fleet.folder / "group_vars" / "all"
        self.secrets = self.variables / "secrets.yml"
        self.vault_password = fleet.folder / "vault-password"
        self.admin_password = fleet.folder / "admin-password"
        self.authority = fleet.folder / ".pki" / "ca.crt"
        self.environment = os.environ | {
            "ANSIBLE_CONFIG": str(ANSIBLE / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1",
            "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"}

    @property
    def apps(self):
        return [host for host in self.fleet.hosts if host.startswith("app")]

    # Ansible

    def write_variables(self, keys):
        self.variables.mkdir(parents=True)
        (self.variables / "fleet.yml").write_text(json.dumps(SETTINGS))
        clear = {name: secrets.token_hex(16)
                 for name in ["secret_db_password", "secret_db_migration_password", "secret_db_replication_password",
                              "secret_admin_password"]}
        for path, text in [(self.vault_password, secrets.token_hex(16)), (self.admin_password, clear["secret_admin_password"])]:
            path.write_text(text)
            path.chmod(0o600)
        self.write_secrets(clear | {"secret_jwt_keys": keys})

    def read_secrets(self):
        return json.loads(self.ansible_vault("view"))

    def write_secrets(self, clear):
        self.secrets.write_text(json.dumps(clear))
        self.ansible_vault("encrypt")

    def ansible_vault(self, action):
        return subprocess.run(
            ["ansible-vault", action, "--vault-password-file", str(self.vault_password), str(self.secrets)],
            check=True, text=True, capture_output=True, env=self.environment, timeout=60).stdout

    def playbook(self, name, *arguments, **extra):
        command = ["ansible-playbook", "-i", str(self.fleet.inventory), "--vault-password-file", str(self.vault_password),
                   f"playbooks/{name}.yml", *arguments]
        for key, value in extra.items():
            command += ["-e", f"{key}={value}"]
        return self.fleet.inside(*command)

    def ansible_playbook(self, name, *arguments, check=True, timeout=900, **extra):
        begun = time.monotonic()
        ran = subprocess.run(self.playbook(name, *arguments, **extra), cwd=ANSIBLE, text=True, capture_output=True, timeout=timeout,
                             env=self.environment)
        print(f"{name}.yml {' '.join(arguments)} {extra}: exit status {ran.returncode} after {time.monotonic() - begun:.0f} s")
        if check and ran.returncode != 0:
            raise AssertionError(f"{name}.yml failed:\n{ran.stdout[-6000:]}\n{ran.stderr[-2000:]}")
        return ran

    def cut_off(self, name, at, **extra):
        """Power fails at the control node when the playbook begins its task of this number, from 1; that task's name, or None where
        it has ended before."""
        process = subprocess.Popen(self.playbook(name, **extra), cwd=ANSIBLE, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, env=self.environment, start_new_session=True)
        watchdog = threading.Timer(600, process.kill)
        watchdog.start()
        try:
            begun = (line for line in process.stdout if line.startswith("TASK ["))
            task = next(itertools.islice(begun, at - 1, None), None)
            print(f"{name}.yml is cut off at task {at}: {task}")
            return task
        finally:
            # With its workers, which would go on with what they are at.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
            watchdog.cancel()

    def deploy(self, tarball, **extra):
        return self.ansible_playbook("deploy", customer_service_release_tarball=tarball, **extra)

    # Hosts

    def run(self, host, command, check=True, timeout=60):
        """A shell's text, as root."""
        ran = self.fleet.ssh(host, command, timeout)
        if check and ran.returncode != 0:
            raise AssertionError(f"{host}: {command}\nexit status {ran.returncode}\n{ran.stdout}\n{ran.stderr}")
        return ran

    def copy(self, file, host, path):
        """A file of this machine, for all to read."""
        command = f"cat > {path} && chmod 644 {path}"
        subprocess.run(self.fleet.ssh_command(host, command), input=pathlib.Path(file).read_bytes(), check=True, timeout=60)

    def python(self, host, text, timeout=60):
        """What a Python program prints, on a host."""
        return self.run(host, f"python3 - <<'END'\n{text}\nEND", timeout=timeout).stdout.strip()

    def active_set(self):
        return self.balancer("show map /etc/haproxy/active_set.map").split()[-1]

    def version(self, host):
        """Of the release that answers."""
        port = {"blue": 8081, "green": 8091}[self.active_set()]
        text = f"import urllib.request as u\nprint(u.urlopen('http://127.0.0.1:{port}/metrics', timeout=5).read().decode())"
        return re.search(r'customer_service_build_info\{[^}]*version="([^"]+)"', self.python(host, text))[1]

    def versions(self):
        return {host: self.version(host) for host in self.apps}

    def all_serve(self, tarball):
        return self.versions() == {host: releases.version_of(tarball) for host in self.apps}

    # The balancer

    def balancer(self, command):
        return self.run("lb1", f"echo '{command}' | socat stdio /run/haproxy/admin.sock").stdout

    def states(self):
        """What the balancer thinks of each instance of the set that serves."""
        rows = [line.split(",") for line in self.balancer(f"show stat {self.active_set()} 4 -1").split("\n")]
        return {row[1]: row[17] for row in rows if len(row) > 17 and not row[0].startswith("#")}

    def await_state(self, wanted, hosts=None, limit=60):
        """Seconds until the balancer thinks so of all these hosts."""
        begun = time.monotonic()
        while not all(self.states()[host].startswith(wanted) for host in hosts or self.apps):
            assert time.monotonic() < begun + limit, self.states()
            time.sleep(0.2)
        return time.monotonic() - begun

    # Clients

    @contextlib.contextmanager
    def load(self, rate=200, connections=16, at_least=0, duration=900):
        """Load from outside while the block runs, and until so many requests were sent; the figures are in the dictionary
        afterwards."""
        figures = {}
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(self.fleet.inside(
                sys.executable, str(HERE / "load.py"), "--url", f"https://{fleets.VIRTUAL_ADDRESS}", "--address", fleets.VIRTUAL_ADDRESS,
                "--ca", str(self.authority), "--password-file", str(self.admin_password), "--rate", str(rate),
                "--connections", str(connections), "--at-least", str(at_least), "--duration", str(duration)),
                stdout=output, stderr=subprocess.PIPE, text=True)
            try:
                assert "signed in" in process.stderr.readline()
                yield figures
                process.send_signal(signal.SIGTERM)
                process.wait(at_least / rate + 60)
            finally:
                process.kill()
                process.stderr.close()
            output.seek(0)
            figures.update(json.load(output))
            print(json.dumps(figures))

    def get(self, path):
        """The status of an answer, asked from outside; None without one."""
        ran = subprocess.run(self.fleet.inside(sys.executable, "-c", asking(
            "lb1", self.fleet.address("lb1"), 443, path, self.authority)), text=True, capture_output=True, timeout=20)
        return json.loads(ran.stdout)[0] if ran.returncode == 0 else None

    def api(self, method, path, body=None):
        """Status and body of an answer to the administrator, asked from outside; status 0 without one."""
        ran = subprocess.run(self.fleet.inside(sys.executable, "-c", calling(
            self.fleet.address("lb1"), self.authority, self.admin_password, method, path, body)),
            text=True, capture_output=True, timeout=40)
        return json.loads(ran.stdout) if ran.returncode == 0 else [0, ran.stderr]

    def ask(self, host, path, port=8080):
        """Status and headers of one instance's answer, asked by the balancer's host; no other is meant to ask."""
        return json.loads(self.python("lb1", asking(host, self.fleet.address(host), port, path, "/etc/haproxy/tls/ca.crt")))


def asking(name, address, port, path, authority):
    """A Python program, for any machine."""
    return f"""
import http.client, json, socket, ssl
plain = socket.create_connection(("{address}", {port}), 3)
tls = ssl.create_default_context(cafile="{authority}")
connection = http.client.HTTPConnection("{name}")
connection.sock = tls.wrap_socket(plain, server_hostname="{name}")
connection.request("GET", "{path}")
answer = connection.getresponse()
print(json.dumps([answer.status, dict((name.lower(), value) for name, value in answer.getheaders())]))
"""


def calling(address, authority, password_file, method, path, body):
    """As asking, on behalf of a user who signs in first."""
    return f"""
import http.client, json, socket, ssl
tls = ssl.create_default_context(cafile="{authority}")
connection = http.client.HTTPConnection("lb1")
connection.sock = tls.wrap_socket(socket.create_connection(("{address}", 443), 5), server_hostname="lb1")
def send(method, path, body, headers):
    connection.request(method, path, None if body is None else json.dumps(body), headers | {{"Content-Type": "application/json"}})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or "null")
status, token = send("POST", "/v1/auth/login", {{"username": "operator", "password": open("{password_file}").read()}}, {{}})
assert status == 200, token
print(json.dumps(send("{method}", "{path}", {body!r}, {{"Authorization": "Bearer " + token["access_token"]}})))
"""


def built_release():
    named = os.environ.get("FLEET_RELEASE")
    found = [named] if named else sorted(glob.glob(str(BUILT)), key=os.path.getmtime)
    if not found:
        raise pytest.UsageError(f"no release: mvn package makes {BUILT}; FLEET_RELEASE names another")
    return found[-1]


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory):
    """The hosts with nothing on them, unless FLEET_STATE names a fleet that is up already."""
    folder = tmp_path_factory.mktemp("releases")
    old = built_release()
    new = releases.next_version(old, releases.version_of(old) + "-next", folder)
    named = os.environ.get("FLEET_STATE")
    cache = os.environ.get("FLEET_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "customer-service", "fleet")
    fleet = fleets.Fleet(named or tempfile.mkdtemp(prefix="fleet-"), cache)
    ours = fleet.state is None
    try:
        if ours:
            fleet.up(fleets.HOSTS)
        site = Site(fleet, old, new)
        if not site.variables.exists():
            site.write_variables(releases.new_keys(old))
        yield site
    finally:
        if ours and not os.environ.get("FLEET_KEEP"):
            fleet.down()


@pytest.fixture(scope="session")
def made_site(empty_site):
    """The same, after site.yml."""
    if empty_site.run("app1", "test -e /opt/customer-service/current", check=False).returncode != 0:
        empty_site.ansible_playbook("site", customer_service_release_tarball=empty_site.old)
    return empty_site


@pytest.fixture
def site(made_site):
    """The same, with every instance well."""
    made_site.await_state("UP")
    return made_site
