#!/usr/bin/env python3
"""A fleet of hosts with a real systemd on one Linux machine: systemd-nspawn machines in network namespaces.

  fleet.py up [HOST …]       start a fleet (app1 app2 app3 lb1 db1 db2) and wait until all hosts take SSH
  fleet.py run -- COMMAND    run a command where Ansible runs: in the fleet's network, outside of its hosts
  fleet.py exec HOST -- COMMAND
  fleet.py kill HOST         power loss
  fleet.py start HOST        power again, on the same disk
  fleet.py partition HOST    pull its network cable; heal HOST puts it back
  fleet.py inventory         where the inventory of this fleet is
  fleet.py down              end it, whatever state it is in

Root, Debian 12 with mmdebstrap, systemd-container, dpkg-dev and iproute2. State is in --state (default: fleet in the
temporary folder), one fleet in each; what every fleet starts from is kept in --cache.
"""
import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HOSTS = ["lb1", "app1", "app2", "app3", "db1", "db2"]
GROUPS = {"lb": "load_balancer", "app": "app", "db": "database"}
BASE_PACKAGES = ("systemd,systemd-sysv,dbus,libnss-systemd,openssh-server,python3,python3-apt,sudo,iproute2,iputils-ping,"
                 "ca-certificates,procps,less,bsdutils")
# What roles install by apt, downloaded once with what it needs, and served inside the fleet's network.
SERVED_PACKAGES = "haproxy socat postgresql-15 python3-psycopg2 openssl logrotate rsyslog acl"
START_LIMIT = 60

# The first process of a host: without this, limits of memory and tasks are silently ignored under cgroup v1.
INIT = """#!/bin/sh
for controller in /sys/fs/cgroup/*/; do
    mount -o remount,bind,rw "$controller" 2>/dev/null
done
exec /lib/systemd/systemd
"""


def sh(*command, check=True, timeout=300, **options):
    return subprocess.run(command, check=check, timeout=timeout, text=True, **options)


def quiet(*command, timeout=30):
    return subprocess.run(command, check=False, timeout=timeout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Base:
    """The tree that all hosts share, and the packages that they can install."""

    def __init__(self, cache):
        recipe = json.dumps([BASE_PACKAGES, SERVED_PACKAGES, INIT])
        self.folder = pathlib.Path(cache) / hashlib.sha256(recipe.encode()).hexdigest()[:12]
        self.tree = self.folder / "tree"
        self.packages = self.folder / "packages"

    def make(self):
        if (self.folder / "complete").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.packages.mkdir(parents=True)
        print("making the base tree, once", file=sys.stderr)
        # Taken from where the machine itself takes packages.
        sources = next(p for p in ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"] if os.path.exists(p))
        download = ("chroot \"$1\" apt-get install -y -qq --no-install-recommends --download-only "
                    f"-o Dir::Cache::archives=/packages {SERVED_PACKAGES}")
        sh("mmdebstrap", "--quiet", "--variant=minbase", "--include=" + BASE_PACKAGES,
           "--customize-hook=mkdir -p \"$1/packages/partial\"", "--customize-hook=" + download,
           f"--customize-hook=mv \"$1\"/packages/*.deb {self.packages}/", "--customize-hook=rm -rf \"$1/packages\"",
           "bookworm", str(self.tree), sources, timeout=900, stdout=subprocess.DEVNULL)
        with open(self.packages / "Packages", "w") as index:
            sh("dpkg-scanpackages", "--multiversion", ".", cwd=self.packages, stdout=index, stderr=subprocess.DEVNULL)
        tree = self.tree
        (tree / "fleet-init").write_text(INIT)
        (tree / "fleet-init").chmod(0o755)
        sh("chroot", str(tree), "useradd", "--create-home", "--gid", "operator", "--shell", "/bin/bash", "operator")
        (tree / "etc/sudoers.d/operator").write_text("operator ALL=(ALL) NOPASSWD: ALL\n")
        (tree / "etc/sudoers.d/operator").chmod(0o440)
        (tree / "var/log/journal").mkdir(parents=True, exist_ok=True)
        for unit in ["systemd-networkd.service", "systemd-resolved.service", "getty@tty1.service", "console-getty.service",
                     "apt-daily.timer", "apt-daily-upgrade.timer", "e2scrub_all.timer", "fstrim.timer"]:
            quiet("chroot", str(tree), "systemctl", "mask", unit)
        (self.folder / "complete").touch()


class Fleet:
    def __init__(self, state, cache):
        self.folder = pathlib.Path(state)
        self.file = self.folder / "state.json"
        self.base = Base(cache)
        self.state = json.loads(self.file.read_text()) if self.file.exists() else None

    # --- what there is

    @property
    def id(self):
        return self.state["id"]

    @property
    def control(self):
        return f"{self.id}-ctl"

    @property
    def key(self):
        return self.folder / "id_ed25519"

    @property
    def inventory(self):
        return self.folder / "inventory.yml"

    def hosts(self):
        return list(self.state["hosts"])

    def address(self, host):
        return self.state["hosts"][host]["address"]

    def save(self):
        partial = self.file.with_suffix(".part")
        partial.write_text(json.dumps(self.state, indent=1))
        partial.replace(self.file)

    def machine(self, host):
        return f"{self.id}-{host}"

    def root(self, host):
        return self.folder / host / "root"

    # --- up

    def up(self, hosts):
        if self.state:
            raise SystemExit(f"there is a fleet in {self.folder}; fleet.py down ends it")
        self.base.make()
        self.folder.mkdir(parents=True, exist_ok=True)
        net = self.free_network()
        self.state = {"id": f"cs{os.getpid() % 100000}", "net": net, "hosts": {}, "pids": {}}
        for number, host in enumerate(hosts, start=11):
            self.state["hosts"][host] = {"address": f"10.77.{net}.{number}", "number": number}
        self.save()
        sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key))
        sh("ip", "netns", "add", self.control)
        self.ip("link", "set", "lo", "up")
        self.ip("link", "add", "br0", "type", "bridge")
        self.ip("addr", "add", f"10.77.{net}.1/24", "dev", "br0")
        self.ip("link", "set", "br0", "up")
        log = open(self.folder / "packages.log", "w")
        server = subprocess.Popen(
            ["ip", "netns", "exec", self.control, sys.executable, "-m", "http.server", "8000", "--bind",
             f"10.77.{net}.1", "--directory", str(self.base.packages)],
            stdout=log, stderr=log, start_new_session=True)
        self.state["pids"]["packages"] = server.pid
        self.save()
        self.write_inventory()
        for host in hosts:
            self.prepare(host)
            self.start(host)
        for host in hosts:
            self.await_ssh(host)

    def free_network(self):
        routes = subprocess.run(["ip", "netns", "list"], text=True, capture_output=True).stdout
        used = set()
        for line in routes.split("\n"):
            if line.split(" ")[0].endswith("-ctl"):
                addresses = subprocess.run(["ip", "netns", "exec", line.split(" ")[0], "ip", "-o", "-4", "addr"],
                                           text=True, capture_output=True).stdout
                used |= {int(word.split(".")[2]) for word in addresses.split() if word.startswith("10.77.")}
        return next(n for n in range(1, 250) if n not in used)

    def ip(self, *arguments):
        sh("ip", "-n", self.control, *arguments, stderr=subprocess.DEVNULL)

    def write_inventory(self):
        groups = {group: {"hosts": {}} for group in GROUPS.values()}
        for host in self.hosts():
            variables = {"ansible_host": self.address(host)}
            if host.startswith("db"):
                variables["postgresql_role"] = "primary" if host == "db1" else "standby"
            groups[GROUPS[host.rstrip("0123456789")]]["hosts"][host] = variables
        options = (f"-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=5 "
                   f"-o ControlMaster=auto -o ControlPersist=60s -o ControlPath={self.folder}/ssh-%h")
        everything = {"all": {"children": groups, "vars": {
            "ansible_user": "operator", "ansible_ssh_private_key_file": str(self.key),
            "ansible_ssh_common_args": options, "ansible_python_interpreter": "/usr/bin/python3"}}}
        self.inventory.write_text(json.dumps(everything, indent=1))

    def prepare(self, host):
        folder = self.folder / host
        for name in ["upper", "work", "root"]:
            (folder / name).mkdir(parents=True)
        self.mount(host)
        root = self.root(host)
        (root / "etc/hostname").write_text(host + "\n")
        (root / "etc/hosts").write_text(f"127.0.0.1 localhost\n{self.address(host)} {host}\n")
        (root / "etc/machine-id").write_text(hashlib.md5(self.machine(host).encode()).hexdigest() + "\n")
        for list_ in (root / "etc/apt").glob("sources.list*"):
            shutil.rmtree(list_) if list_.is_dir() else list_.unlink()
        (root / "etc/apt/sources.list").write_text(f"deb [trusted=yes] http://10.77.{self.state['net']}.1:8000/ ./\n")
        shutil.rmtree(root / "var/lib/apt/lists", ignore_errors=True)
        (root / "var/lib/apt/lists/partial").mkdir(parents=True)
        # Else apt would take the empty folder for an up-to-date one.
        os.utime(root / "var/lib/apt/lists", (0, 0))
        ssh = root / "home/operator/.ssh"
        ssh.mkdir(mode=0o700)
        (ssh / "authorized_keys").write_text(self.key.with_suffix(".pub").read_text())
        home = (root / "home/operator").stat()
        uid, gid = home.st_uid, home.st_gid
        for path in [ssh, ssh / "authorized_keys"]:
            os.chown(path, uid, gid)

    def mount(self, host):
        folder = self.folder / host
        sh("mount", "-t", "overlay", "overlay", "-o",
           f"lowerdir={self.base.tree},upperdir={folder}/upper,workdir={folder}/work", str(folder / "root"))

    # --- one host

    def start(self, host):
        entry, name = self.state["hosts"][host], self.machine(host)
        if not os.path.ismount(self.root(host)):
            self.mount(host)
        sh("ip", "netns", "add", name)
        outer = f"v{self.state['net']}-{host}"
        mac = f"02:77:00:00:{self.state['net']:02x}:{entry['number']:02x}"
        self.ip("link", "add", outer, "type", "veth", "peer", "name", "host0", "address", mac, "netns", name)
        self.ip("link", "set", outer, "master", "br0", "up")
        for arguments in [("link", "set", "lo", "up"), ("addr", "add", entry["address"] + "/24", "dev", "host0"),
                          ("link", "set", "host0", "up"), ("route", "add", "default", "via", f"10.77.{self.state['net']}.1")]:
            sh("ip", "-n", name, *arguments)
        log = open(self.folder / host / "console.log", "a")
        nspawn = subprocess.Popen(
            ["systemd-nspawn", "--quiet", "--directory", str(self.root(host)), "--machine", name,
             "--kill-signal=SIGRTMIN+3", f"--network-namespace-path=/run/netns/{name}", "--register=no", "--keep-unit",
             "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--console=pipe", "/fleet-init"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=lambda: enter_cgroups(name))
        self.state["pids"][host] = nspawn.pid
        self.save()

    def init_pid(self, host):
        """The host's process 1, as this machine numbers it."""
        nspawn = self.state["pids"].get(host)
        if not nspawn:
            return None
        with contextlib.suppress(FileNotFoundError):
            children = pathlib.Path(f"/proc/{nspawn}/task/{nspawn}/children").read_text().split()
            for child in children:
                status = pathlib.Path(f"/proc/{child}/status").read_text()
                if "NSpid:\t" in status and status.split("NSpid:\t")[1].split("\n")[0].split()[-1] == "1":
                    return int(child)
                return int(child)
        return None

    def kill(self, host):
        """Power loss: no process of the host gets to do anything, and nobody answers at its address."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.ip("link", "set", f"v{self.state['net']}-{host}", "down")
        pid = self.init_pid(host)
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.reap(host)

    def reap(self, host):
        nspawn = self.state["pids"].pop(host, None)
        if nspawn:
            end = time.monotonic() + 20
            while os.path.exists(f"/proc/{nspawn}") and time.monotonic() < end:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(nspawn, os.WNOHANG)
                if pathlib.Path(f"/proc/{nspawn}/stat").exists() and \
                        pathlib.Path(f"/proc/{nspawn}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                    break
                time.sleep(0.05)
        quiet("ip", "-n", self.control, "link", "del", f"v{self.state['net']}-{host}")
        quiet("ip", "netns", "del", self.machine(host))
        (self.folder / f"ssh-{self.address(host)}").unlink(missing_ok=True)
        self.save()

    def partition(self, host, up):
        self.ip("link", "set", f"v{self.state['net']}-{host}", "up" if up else "down")

    def ssh_command(self, host, *command):
        return ["ip", "netns", "exec", self.control, "ssh", "-i", str(self.key), "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=3", "-o", "BatchMode=yes",
                f"operator@{self.address(host)}", *command]

    def execute(self, host, command, timeout=60, check=True):
        """As root on a host; a shell's text."""
        return subprocess.run(self.ssh_command(host, "sudo", "sh", "-c", "'" + command.replace("'", "'\\''") + "'"),
                              timeout=timeout, check=check, text=True, capture_output=True)

    def await_ssh(self, host):
        end = time.monotonic() + START_LIMIT
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                if subprocess.run(self.ssh_command(host, "true"), timeout=10, capture_output=True).returncode == 0:
                    return
            if time.monotonic() > end:
                console = (self.folder / host / "console.log").read_text()[-2000:]
                raise SystemExit(f"{host} does not take SSH; its console says:\n{console}")
            time.sleep(0.2)

    def control_command(self, *command):
        return ["ip", "netns", "exec", self.control, *command]

    # --- down

    def down(self):
        if not self.state:
            return
        for host in self.hosts():
            with contextlib.suppress(Exception):
                self.kill(host)
        server = self.state["pids"].pop("packages", None)
        if server:
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, signal.SIGTERM)
        quiet("ip", "netns", "del", self.control)
        for host in self.hosts():
            quiet("umount", "-l", str(self.root(host)))
            leave_cgroups(self.machine(host))
        shutil.rmtree(self.folder, ignore_errors=True)


def hierarchies():
    root = pathlib.Path("/sys/fs/cgroup")
    return [folder for folder in root.iterdir() if (folder / "cgroup.procs").exists()] or [root]


def enter_cgroups(name):
    """In each hierarchy one of its own: a host must not find its limits in somebody else's."""
    for hierarchy in hierarchies():
        with contextlib.suppress(OSError):
            group = hierarchy / name
            group.mkdir(exist_ok=True)
            if hierarchy.name == "cpuset":
                for file in ["cpuset.cpus", "cpuset.mems"]:
                    (group / file).write_text((hierarchy / file).read_text())
            (group / "cgroup.procs").write_text(str(os.getpid()))


def leave_cgroups(name):
    for hierarchy in hierarchies():
        for folder in sorted((hierarchy / name).glob("**/"), key=lambda p: -len(str(p))):
            with contextlib.suppress(OSError):
                folder.rmdir()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", default=os.path.join(tempfile.gettempdir(), "fleet"))
    parser.add_argument("--cache", default=os.path.join(
        os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "customer-service", "fleet"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up").add_argument("hosts", nargs="*")
    for name in ["kill", "start", "partition", "heal"]:
        commands.add_parser(name).add_argument("host")
    execute = commands.add_parser("exec")
    execute.add_argument("host")
    execute.add_argument("arguments", nargs=argparse.REMAINDER)
    commands.add_parser("run").add_argument("arguments", nargs=argparse.REMAINDER)
    commands.add_parser("inventory")
    commands.add_parser("down")
    options = parser.parse_args()
    fleet = Fleet(options.state, options.cache)
    if options.command not in ("up", "down") and not fleet.state:
        raise SystemExit(f"there is no fleet in {fleet.folder}; fleet.py up starts one")
    arguments = [a for a in getattr(options, "arguments", []) if a != "--"]
    match options.command:
        case "up":
            fleet.up(options.hosts or HOSTS)
        case "down":
            fleet.down()
        case "kill":
            fleet.kill(options.host)
        case "start":
            fleet.start(options.host)
            fleet.await_ssh(options.host)
        case "partition" | "heal":
            fleet.partition(options.host, up=options.command == "heal")
        case "inventory":
            print(fleet.inventory)
        case "exec":
            os.execvp("ip", fleet.ssh_command(options.host, "sudo", shlex.join(arguments)))
        case "run":
            os.execvp("ip", fleet.control_command(*arguments))


if __name__ == "__main__":
    main()
