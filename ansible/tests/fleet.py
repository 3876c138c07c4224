#!/usr/bin/env python3
"""A fleet of hosts with a real systemd on one Linux machine: systemd-nspawn machines in network namespaces.

  fleet.py up [HOST …]       start a fleet (lb1 app1 app2 app3 db1 db2), and wait until all hosts take SSH
  fleet.py run -- COMMAND    run a command where Ansible runs: in the fleet's network, outside of its hosts
  fleet.py exec HOST -- COMMAND   as root
  fleet.py kill HOST         power loss
  fleet.py start HOST        power again, on the same disk
  fleet.py partition HOST    pull its network cable; heal HOST plugs it in again
  fleet.py add HOST          one more, with nothing on it; remove HOST throws one away
  fleet.py inventory         where the inventory of this fleet is
  fleet.py down              end it, whatever state it is in

Root, Debian 12 with mmdebstrap, systemd-container, dpkg-dev, iproute2 and openssh-client. A fleet's state is in --state
(default: fleet in the temporary folder), one fleet in each; what all fleets start from is kept in --cache.
"""
import argparse
import contextlib
import fcntl
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

HERE = pathlib.Path(__file__).resolve().parent
HOSTS = ["lb1", "app1", "app2", "app3", "db1", "db2"]
GROUPS = {"lb": "load_balancer", "app": "app", "db": "database"}
# The network ends in the control namespace, so every fleet can have the same.
CONTROL_ADDRESS = "10.77.0.1"
VIRTUAL_ADDRESS = "10.77.0.10"  # in the same network; balancers share it
FIRST_ADDRESS = 11
PACKAGE_PORT = 8000
START_LIMIT = 90  # seconds until a host takes SSH

# The first process of a host. Under cgroup v1 limits of memory and tasks are silently ignored unless the controllers,
# which nspawn mounts read-only, can be written.
INIT = """#!/bin/sh
for controller in /sys/fs/cgroup/*/; do
    mount -o remount,bind,rw "$controller" 2>/dev/null
done
exec /lib/systemd/systemd
"""
# Nothing that a host on a real network would not do, and nothing that waits for hardware or for the internet.
MASKED = ["systemd-networkd.service", "systemd-resolved.service", "getty@tty1.service", "console-getty.service",
          "apt-daily.timer", "apt-daily-upgrade.timer", "e2scrub_all.timer", "fstrim.timer"]


def run(*command, timeout=60, **options):
    return subprocess.run(command, check=True, timeout=timeout, text=True, **options)


def attempt(*command, timeout=30):
    """For what may be gone already."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, timeout=timeout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def packages(name):
    lines = (HERE / name).read_text().split("\n")
    return [line for line in lines if line and not line.startswith("#")]


class Base:
    """The tree that all hosts share, and the packages that they can install; kept under a hash of what makes them."""

    def __init__(self, cache):
        self.installed, self.served = packages("base-packages.txt"), packages("served-packages.txt")
        recipe = json.dumps([self.installed, self.served, INIT, MASKED])
        self.folder = pathlib.Path(cache) / hashlib.sha256(recipe.encode()).hexdigest()[:12]
        self.tree, self.packages = self.folder / "tree", self.folder / "packages"

    def make(self):
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{self.folder}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / "complete").exists():
                print("fleet: making the base tree, once", file=sys.stderr)
                shutil.rmtree(self.folder, ignore_errors=True)
                self.packages.mkdir(parents=True)
                self.bootstrap()
                self.index()
                self.furnish()
                (self.folder / "complete").touch()

    def bootstrap(self):
        # From where the machine itself takes packages.
        candidates = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"]
        sources = next(path for path in candidates if os.path.exists(path))
        download = ('chroot "$1" apt-get install -y -qq --no-install-recommends --download-only '
                    f'-o Dir::Cache::archives=/packages {" ".join(self.served)}')
        run("mmdebstrap", "--quiet", "--variant=minbase", "--include=" + ",".join(self.installed),
            '--customize-hook=mkdir -p "$1/packages/partial"', "--customize-hook=" + download,
            f'--customize-hook=mv "$1"/packages/*.deb {shlex.quote(str(self.packages))}/',
            '--customize-hook=rm -rf "$1/packages"', "bookworm", str(self.tree), sources,
            timeout=1200, stdout=subprocess.DEVNULL)

    def index(self):
        with open(self.packages / "Packages", "w") as index:
            run("dpkg-scanpackages", "--multiversion", ".", cwd=self.packages, stdout=index, stderr=subprocess.DEVNULL)

    def furnish(self):
        (self.tree / "fleet-init").write_text(INIT)
        (self.tree / "fleet-init").chmod(0o755)
        # Debian has a group of this name, but no such user.
        run("chroot", str(self.tree), "useradd", "--create-home", "--gid", "operator", "--shell", "/bin/bash", "operator")
        (self.tree / "etc/sudoers.d/operator").write_text("operator ALL=(ALL) NOPASSWD: ALL\n")
        (self.tree / "etc/sudoers.d/operator").chmod(0o440)
        (self.tree / "var/log/journal").mkdir(parents=True, exist_ok=True)
        for unit in MASKED:
            attempt("chroot", str(self.tree), "systemctl", "mask", unit)
        for sources in (self.tree / "etc/apt").glob("sources.list*"):
            shutil.rmtree(sources) if sources.is_dir() else sources.unlink()
        (self.tree / "etc/apt/sources.list").write_text(f"deb [trusted=yes] http://{CONTROL_ADDRESS}:{PACKAGE_PORT}/ ./\n")
        lists = self.tree / "var/lib/apt/lists"
        shutil.rmtree(lists, ignore_errors=True)
        (lists / "partial").mkdir(parents=True)
        # Else the empty folder would be taken for an up-to-date one.
        os.utime(lists, (0, 0))


class Fleet:
    def __init__(self, state, cache):
        self.folder = pathlib.Path(state).absolute()
        self.file = self.folder / "state.json"
        self.base = Base(cache)
        self.state = json.loads(self.file.read_text()) if self.file.exists() else None
        self.key = self.folder / "id_ed25519"
        self.inventory = self.folder / "inventory.yml"

    def save(self):
        partial = self.file.with_suffix(".part")
        partial.write_text(json.dumps(self.state, indent=1))
        partial.replace(self.file)

    @property
    def hosts(self):
        return list(self.state["hosts"])

    @property
    def control(self):
        return f"{self.state['id']}-control"

    def machine(self, host):
        return f"{self.state['id']}-{host}"

    def address(self, host):
        if host not in self.state["hosts"]:
            raise SystemExit(f"fleet: there is no host {host}; there are {', '.join(self.hosts)}")
        return self.state["hosts"][host]["address"]

    def root(self, host):
        return self.folder / host / "root"

    # The whole fleet

    def up(self, hosts):
        if self.state:
            raise SystemExit(f"fleet: there is one in {self.folder}; fleet.py down ends it")
        if unknown := [host for host in hosts if host.rstrip("0123456789") not in GROUPS]:
            raise SystemExit(f"fleet: {', '.join(unknown)}: names are lb1, app1, db1 and so on")
        self.base.make()
        self.folder.mkdir(parents=True, exist_ok=True)
        # Of this run alone, as names of machines, namespaces and cgroups are the whole machine's.
        identity = f"cs{os.getpid()}{int(time.time()) % 1000:03}"
        addresses = {host: self.place(number) for number, host in enumerate(hosts, start=FIRST_ADDRESS)}
        self.state = {"id": identity, "hosts": addresses, "processes": {}}
        self.save()
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key))
        self.write_inventory()
        run("ip", "netns", "add", self.control)
        self.ip("link", "set", "lo", "up")
        self.ip("link", "add", "br0", "type", "bridge")
        self.ip("addr", "add", f"{CONTROL_ADDRESS}/24", "dev", "br0")
        self.ip("link", "set", "br0", "up")
        self.spawn("packages", self.folder / "packages.log", self.inside(
            sys.executable, "-m", "http.server", str(PACKAGE_PORT), "--bind", CONTROL_ADDRESS,
            "--directory", str(self.base.packages)))
        for host in hosts:
            self.prepare(host)
            self.start(host)
        for host in hosts:
            self.furnished(host)

    def add(self, host):
        """One more, with nothing on it; its address has not been anybody's."""
        if host in self.state["hosts"] or host.rstrip("0123456789") not in GROUPS:
            raise SystemExit(f"fleet: {host} is not the name of a new host")
        number = self.state.setdefault("next", FIRST_ADDRESS + len(self.hosts))
        self.state["next"] = number + 1
        self.state["hosts"][host] = self.place(number)
        self.save()
        self.write_inventory()
        self.prepare(host)
        self.start(host)
        self.furnished(host)

    def remove(self, host):
        """Power fails, and the disk is thrown away."""
        self.kill(host)
        attempt("umount", "--lazy", str(self.root(host)))
        shutil.rmtree(self.folder / host, ignore_errors=True)
        del self.state["hosts"][host]
        self.save()
        self.write_inventory()

    def place(self, number):
        return {"address": f"10.77.0.{number}", "mac": f"02:77:00:00:00:{number:02x}"}

    def furnished(self, host):
        self.await_ssh(host)
        # As an installer leaves it. Ansible in check mode does not fetch the list of packages that there are.
        self.ssh(host, "apt-get update -qq")

    def down(self):
        if not self.state:
            return
        for host in self.hosts:
            with contextlib.suppress(Exception):
                self.kill(host)
        self.end("packages", signal.SIGTERM)
        attempt("ip", "netns", "delete", self.control)
        for host in self.hosts:
            attempt("umount", "--lazy", str(self.root(host)))
            leave_cgroups(self.machine(host))
        shutil.rmtree(self.folder, ignore_errors=True)

    def write_inventory(self):
        groups = {group: {"hosts": {}} for group in GROUPS.values()}
        for host in self.hosts:
            variables = {"ansible_host": self.address(host)}
            if host.startswith("db"):
                variables["postgresql_role"] = "primary" if host == "db1" else "standby"
            groups[GROUPS[host.rstrip("0123456789")]]["hosts"][host] = variables
        everything = {"all": {"children": groups, "vars": {
            "ansible_user": "operator", "ansible_ssh_private_key_file": str(self.key),
            "ansible_ssh_common_args": shlex.join(self.ssh_options() + [
                "-o", "ControlMaster=auto", "-o", "ControlPersist=60s", "-o", f"ControlPath={self.folder}/ssh-%h"]),
            "ansible_python_interpreter": "/usr/bin/python3"}}}
        self.inventory.write_text(json.dumps(everything, indent=2) + "\n")  # JSON is YAML

    # One host

    def prepare(self, host):
        for name in ["upper", "work", "root"]:
            (self.folder / host / name).mkdir(parents=True)
        self.mount(host)
        root = self.root(host)
        (root / "etc/hostname").write_text(f"{host}\n")
        (root / "etc/hosts").write_text(f"127.0.0.1 localhost\n{self.address(host)} {host}\n")
        (root / "etc/machine-id").write_text(hashlib.md5(self.machine(host).encode()).hexdigest() + "\n")
        owner = (root / "home/operator").stat()
        (root / "home/operator/.ssh").mkdir(mode=0o700)
        (root / "home/operator/.ssh/authorized_keys").write_text(self.key.with_suffix(".pub").read_text())
        for path in ["home/operator/.ssh", "home/operator/.ssh/authorized_keys"]:
            os.chown(root / path, owner.st_uid, owner.st_gid)

    def mount(self, host):
        folder = self.folder / host
        run("mount", "-t", "overlay", "overlay", "-o",
            f"lowerdir={self.base.tree},upperdir={folder}/upper,workdir={folder}/work", str(folder / "root"))

    def start(self, host):
        address, mac, name = self.address(host), self.state["hosts"][host]["mac"], self.machine(host)
        if self.pid(host):
            raise SystemExit(f"fleet: {host} runs")
        if not os.path.ismount(self.root(host)):
            self.mount(host)
        attempt("ip", "netns", "delete", name)
        run("ip", "netns", "add", name)
        self.ip("link", "add", self.cable(host), "type", "veth", "peer", "name", "host0", "address", mac, "netns", name)
        self.ip("link", "set", self.cable(host), "master", "br0", "up")
        for arguments in [["link", "set", "lo", "up"], ["addr", "add", f"{address}/24", "dev", "host0"],
                          ["link", "set", "host0", "up"], ["route", "add", "default", "via", CONTROL_ADDRESS]]:
            run("ip", "-n", name, *arguments)
        self.spawn(host, self.folder / host / "console.log", [
            "systemd-nspawn", "--quiet", "--directory", str(self.root(host)), "--machine", name,
            "--kill-signal=SIGRTMIN+3", f"--network-namespace-path=/run/netns/{name}", "--register=no", "--keep-unit",
            "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--console=pipe", "--capability=CAP_NET_ADMIN",
            "/fleet-init"],
            preexec_fn=lambda: enter_cgroups(name))

    def kill(self, host):
        """Power loss: no process of the host gets to do anything more, and nobody answers at its address."""
        self.address(host)
        attempt("ip", "-n", self.control, "link", "set", self.cable(host), "down")
        end = time.monotonic() + 20
        while (launcher := self.pid(host)) and time.monotonic() < end:
            # systemd-nspawn's child is the host's process 1, and takes all others with it. To kill the launcher would
            # leave the host running.
            for child in children(launcher) or [launcher]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.05)
        self.state["processes"].pop(host, None)
        self.save()
        attempt("ip", "-n", self.control, "link", "delete", self.cable(host))
        attempt("ip", "netns", "delete", self.machine(host))
        leave_cgroups(self.machine(host))
        # A connection that Ansible keeps would wait for a host that is gone.
        address = self.address(host)
        attempt("ssh", "-O", "exit", "-o", f"ControlPath={self.folder}/ssh-{address}", f"operator@{address}")

    def set_cable(self, host, state):
        self.address(host)
        self.ip("link", "set", self.cable(host), state)

    def cable(self, host):
        return f"to-{host}"

    def await_ssh(self, host):
        end = time.monotonic() + START_LIMIT
        while self.ssh(host, "true", timeout=10).returncode != 0:
            if time.monotonic() > end:
                console = (self.folder / host / "console.log").read_text()[-2000:]
                raise SystemExit(f"fleet: {host} does not take SSH; its console says:\n{console}")
            time.sleep(0.2)

    # Commands

    def ip(self, *arguments):
        run("ip", "-n", self.control, *arguments, stderr=subprocess.DEVNULL)

    def inside(self, *command):
        return ["ip", "netns", "exec", self.control, *command]

    def ssh_options(self):
        return ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
                "-o", "ConnectTimeout=5", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3"]

    def ssh_command(self, host, command):
        return self.inside("ssh", "-i", str(self.key), *self.ssh_options(), "-o", "ControlPath=none", "-o", "BatchMode=yes",
                           f"operator@{self.address(host)}", f"sudo sh -c {shlex.quote(command)}")

    def ssh(self, host, command, timeout=60):
        """A shell's text as root; the exit status is 255 if the host did not answer in time."""
        try:
            return subprocess.run(self.ssh_command(host, command), timeout=timeout, text=True, capture_output=True)
        except subprocess.TimeoutExpired as late:
            return subprocess.CompletedProcess(late.cmd, 255, "", f"{host}: no answer within {timeout} s")

    # Processes

    def spawn(self, name, log, command, **options):
        with open(log, "a") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                       start_new_session=True, **options)
        self.state["processes"][name] = {"pid": process.pid, "started": started(process.pid)}
        self.save()

    def pid(self, name):
        """Of a process that was started and still runs; never of another one that got its number since."""
        entry = self.state["processes"].get(name)
        return entry["pid"] if entry and entry["started"] is not None and started(entry["pid"]) == entry["started"] else None

    def end(self, name, number):
        if pid := self.pid(name):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        self.state["processes"].pop(name, None)
        self.save()


def started(pid):
    """When a process was started, in ticks since the machine's boot; None if it has ended (proc_pid_stat(5))."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def children(pid):
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


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
        for folder in sorted((hierarchy / name).glob("**/"), key=lambda path: -len(path.parts)):
            with contextlib.suppress(OSError):
                folder.rmdir()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", default=os.path.join(tempfile.gettempdir(), "fleet"))
    parser.add_argument("--cache", default=os.path.join(
        os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "customer-service", "fleet"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up").add_argument("hosts", nargs="*")
    for name in ["kill", "start", "partition", "heal", "add", "remove"]:
        commands.add_parser(name).add_argument("host")
    execute = commands.add_parser("exec")
    execute.add_argument("host")
    execute.add_argument("arguments", nargs=argparse.REMAINDER)
    commands.add_parser("run").add_argument("arguments", nargs=argparse.REMAINDER)
    commands.add_parser("inventory")
    commands.add_parser("down")
    return parser.parse_args()


def main():
    options = parse()
    fleet = Fleet(options.state, options.cache)
    if options.command not in ("up", "down") and not fleet.state:
        raise SystemExit(f"fleet: there is none in {fleet.folder}; fleet.py up starts one")
    arguments = getattr(options, "arguments", [])
    arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
    match options.command:
        case "up":
            fleet.up(options.hosts or HOSTS)
            print(f"inventory: {fleet.inventory}")
        case "down":
            fleet.down()
        case "kill":
            fleet.kill(options.host)
        case "start":
            fleet.start(options.host)
            fleet.await_ssh(options.host)
        case "add":
            fleet.add(options.host)
        case "remove":
            fleet.remove(options.host)
        case "partition":
            fleet.set_cable(options.host, "down")
        case "heal":
            fleet.set_cable(options.host, "up")
        case "inventory":
            print(fleet.inventory)
        case "exec":
            os.execvp("ip", fleet.ssh_command(options.host, shlex.join(arguments)))
        case "run":
            os.execvp("ip", fleet.inside(*arguments))


if __name__ == "__main__":
    main()
