"""One fleet for all tests: made from nothing by site.yml with one release, and a second release to deploy."""
import contextlib
import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import time

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ANSIBLE = HERE.parent
sys.path.insert(0, str(HERE))
import fleet as fleet_module  # noqa: E402


def version_of(tarball):
    return re.fullmatch(r"customer-service-(.+)\.tar\.gz", os.path.basename(tarball))[1]


class Site:
    """A fleet, and what an operator does with it."""

    def __init__(self, fleet):
        self.fleet = fleet
        self.old = os.environ["RELEASE"]
        self.new = os.environ["NEXT_RELEASE"]
        self.apps = [h for h in fleet.hosts() if h.startswith("app")]

    # --- Ansible

    def write_secrets(self):
        folder = self.fleet.folder / "group_vars" / "all"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as unpacked:
            subprocess.run(["tar", "-xzf", self.old, "-C", unpacked, "--strip-components=1"], check=True)
            keys = subprocess.run([f"{unpacked}/bin/customer-service", "keys", "generate"], check=True, text=True,
                                  capture_output=True).stdout
        password = self.fleet.folder / "vault-password"
        password.write_text(secrets.token_hex(16))
        clear = {"secret_db_password": secrets.token_hex(12), "secret_db_replication_password": secrets.token_hex(12),
                 "secret_jwt_keys": keys, "secret_admin_password": secrets.token_hex(12)}
        file = folder / "secrets.yml"
        file.write_text(json.dumps(clear))
        subprocess.run(["ansible-vault", "encrypt", "--vault-password-file", str(password), str(file)], check=True,
                       capture_output=True)
        (self.fleet.folder / "admin-password").write_text(clear["secret_admin_password"])
        # The clock and the kernel are not a test host's own.
        (folder / "fleet.yml").write_text(json.dumps({
            "common_time_sync": False, "common_sysctl": False, "load_balancer_check_interval": "2s",
            "load_balancer_retries": 0}))

    def playbook(self, name, *arguments, check=True, timeout=900, **variables):
        command = ["ansible-playbook", "-i", str(self.fleet.inventory), "--vault-password-file",
                   str(self.fleet.folder / "vault-password"), f"playbooks/{name}.yml", *arguments]
        for key, value in variables.items():
            command += ["-e", f"{key}={value}"]
        ran = subprocess.run(self.fleet.control_command(*command), cwd=ANSIBLE, text=True, capture_output=True,
                             timeout=timeout, env=os.environ | {"ANSIBLE_CONFIG": str(ANSIBLE / "ansible.cfg")})
        if check and ran.returncode != 0:
            raise AssertionError(f"{name}.yml failed:\n{ran.stdout[-6000:]}\n{ran.stderr[-2000:]}")
        return ran

    def deploy(self, tarball, check=True, **variables):
        return self.playbook("deploy", customer_service_release_tarball=tarball, check=check, **variables)

    # --- hosts

    def run(self, host, command, **options):
        return self.fleet.execute(host, command, **options)

    def versions(self):
        """Host by host, the release that answers in the active set."""
        active = self.run("lb1", "cat /etc/haproxy/active_set.map").stdout.split()[1]
        port = 8081 if active == "blue" else 8091
        found = {}
        for host in self.apps:
            metrics = self.run(host, f"python3 - <<E\nimport urllib.request\n"
                                     f"print(urllib.request.urlopen('http://127.0.0.1:{port}/metrics').read().decode())\nE").stdout
            found[host] = re.search(r'customer_service_build_info\{[^}]*version="([^"]+)"', metrics)[1]
        return found

    def everywhere(self, tarball):
        return {host: version_of(tarball) for host in self.apps}

    def balancer(self, command):
        return self.run("lb1", f"echo '{command}' | socat stdio /run/haproxy/admin.sock").stdout

    def states(self, backend="blue"):
        rows = [line.split(",") for line in self.balancer(f"show stat {backend} 4 -1").split("\n") if "," in line]
        return {row[1]: row[17] for row in rows if not row[0].startswith("#")}

    def await_all_up(self, limit=60):
        end = time.monotonic() + limit
        while set(self.states().values()) != {"UP"}:
            assert time.monotonic() < end, self.states()
            time.sleep(0.5)

    # --- clients

    @contextlib.contextmanager
    def load(self, rate=200, connections=12, limit=900):
        """Load from outside, as long as the block runs; figures are in the dictionary afterwards."""
        figures = {"began": time.time()}
        process = subprocess.Popen(
            self.fleet.control_command(
                sys.executable, str(HERE / "load.py"), "--url", f"https://{self.fleet.address('lb1')}", "--ca",
                str(self.fleet.folder / ".pki" / "ca.crt"), "--password-file", str(self.fleet.folder / "admin-password"),
                "--seconds", str(limit), "--rate", str(rate), "--connections", str(connections)),
            text=True, stdout=subprocess.PIPE)
        try:
            time.sleep(3)
            yield figures
        finally:
            # The generator is the child of `ip netns exec`, which execs it: the same process.
            process.terminate()
            figures.update(json.loads(process.communicate(timeout=30)[0]))
            print(figures)

    def get(self, path, host=None, port=443):
        address = self.fleet.address(host or "lb1")
        script = (f"import ssl,urllib.request;c=ssl.create_default_context(cafile='{self.fleet.folder}/.pki/ca.crt');"
                  f"print(urllib.request.urlopen('https://{address}:{port}{path}',context=c,timeout=3).status)")
        return subprocess.run(self.fleet.control_command(sys.executable, "-c", script), text=True, capture_output=True,
                              timeout=20)


@pytest.fixture(scope="session")
def site():
    state = os.environ.get("FLEET_STATE")
    cache = os.environ.get("FLEET_CACHE", os.path.expanduser("~/.cache/customer-service/fleet"))
    fleet = fleet_module.Fleet(state or tempfile.mkdtemp(prefix="fleet-"), cache)
    existing = fleet.state is not None
    if not existing:
        fleet.up(fleet_module.HOSTS)
    site = Site(fleet)
    try:
        if not existing:
            site.write_secrets()
        yield site
    finally:
        if not existing:
            fleet.down()
