"""The unit on a real systemd: what it may do, and what the journal says of it."""
import json
import re
import uuid

import pytest

from releases import version_of


def test_its_exposure_is_low(site):
    for unit in ["customer-service", "customer-service-green"]:
        ran = site.run("app1", f"systemd-analyze security --no-pager --threshold=12 {unit}.service", check=False)
        assert ran.returncode == 0, ran.stdout[-400:]


def test_systemd_finds_nothing_wrong(site):
    """Any word counts: for an unknown key it only warns."""
    units = "customer-service customer-service-migrate"
    ran = site.run("app1", f"for unit in {units}; do systemd-analyze verify /etc/systemd/system/$unit.service; done 2>&1")
    assert ran.stdout == ""


def test_its_limits_are_in_force(site):
    limits = site.run("app1", """pid=$(systemctl show -p MainPID --value customer-service)
        cat /sys/fs/cgroup/pids$(sed -n 's/^[0-9]*:pids://p' /proc/$pid/cgroup)/pids.max \
            /sys/fs/cgroup/memory$(sed -n 's/^[0-9]*:memory://p' /proc/$pid/cgroup)/memory.limit_in_bytes""")
    assert limits.stdout.split() == ["256", str(640 << 20)]


def test_status_tells_what_it_does(site):
    status = site.run("app1", "systemctl show -p StatusText --value customer-service").stdout
    assert re.match(r"serving on port 8080; .*req/s, .*errors, pool \d+/\d+", status), status


def test_the_journal_has_fields(site):
    status, headers = site.ask("app1", "/v1/customers")
    assert status == 401
    request_id = headers["x-request-id"]
    line = site.run("app1", f"sleep 1; journalctl -u customer-service REQUEST_ID={request_id} -o json --no-pager").stdout
    entry = json.loads(line.split("\n")[0])
    assert (entry["PRIORITY"], entry["STREAM"], entry["REQUEST_ID"]) == ("6", "access", request_id)


@pytest.fixture(scope="module")
def in_the_sandbox(made_site):
    """Runs a command as the service would: its user, its drop-ins, and, to run anything at all, /usr executable."""
    name = f"probe-{uuid.uuid4().hex[:8]}"
    folder = f"/run/systemd/system/{name}.service.d"

    def run(command, executable=True):
        exec_paths = "ExecPaths=/usr" if executable else ""
        unit = f"""[Service]
Type=oneshot
User=customer-service
Group=customer-service
StateDirectory=customer-service
ExecStart={command}
"""
        made_site.run("app1", f"mkdir -p {folder} && cp /etc/systemd/system/customer-service.service.d/10-sandbox.conf {folder}/ "
                              f"&& printf '[Service]\\n{exec_paths}\\n' > {folder}/20-probe.conf "
                              f"&& cat > /run/systemd/system/{name}.service <<'END'\n{unit}END\nsystemctl daemon-reload")
        ran = made_site.run("app1", f"systemctl start {name}", check=False)
        # Lines of a process that was this short-lived are not always attributed to its unit.
        said = made_site.run("app1", f"sleep 0.5; journalctl -u {name} -o cat --no-pager -n 20").stdout
        status = made_site.run("app1", f"systemctl show -p ExecMainStatus --value {name}").stdout.strip()
        made_site.run("app1", f"systemctl reset-failed {name}", check=False)
        return ran.returncode == 0, status, said

    yield run
    made_site.run("app1", f"rm -r {folder} /run/systemd/system/{name}.service; systemctl daemon-reload")


def test_it_can_write_its_state_directory(in_the_sandbox):
    worked, _, said = in_the_sandbox("/usr/bin/touch /var/lib/customer-service/probe")
    assert worked, said


@pytest.mark.parametrize("place", ["/etc", "/opt/customer-service", "/var/log", "/home", "/usr", "/var/lib", "/run"])
def test_it_cannot_write_elsewhere(in_the_sandbox, place):
    worked, status, said = in_the_sandbox(f"/usr/bin/touch {place}/probe")
    assert not worked and status == "1", said


def test_it_cannot_read_the_passwords_of_the_host(in_the_sandbox):
    worked, _, said = in_the_sandbox("/usr/bin/cat /etc/shadow")
    assert not worked and "Permission denied" in said


@pytest.mark.parametrize("name", ["db-password", "db-migration-password"])
def test_it_cannot_read_its_credentials_where_the_host_keeps_them(in_the_sandbox, name):
    worked, _, said = in_the_sandbox(f"/usr/bin/cat /etc/customer-service/credentials/{name}")
    assert not worked and "Permission denied" in said


def test_it_can_read_its_keys_and_nobody_else_can(in_the_sandbox, site):
    keys = "/etc/customer-service/keys/jwt-keys.json"
    assert in_the_sandbox(f"/usr/bin/cmp {keys} {keys}")[0]
    assert not in_the_sandbox(f"/usr/bin/touch {keys}")[0]
    assert site.run("app1", f"runuser -u nobody -- cat {keys}", check=False).returncode != 0


def test_it_cannot_execute_a_shell(in_the_sandbox):
    worked, status, said = in_the_sandbox("/bin/sh -c true", executable=False)
    assert not worked and status == "203", said  # systemd.exec(5): EXIT_EXEC
    assert in_the_sandbox("/bin/sh -c true")[0]


def test_it_cannot_gain_privileges(in_the_sandbox):
    worked, _, said = in_the_sandbox("/usr/bin/sudo -n true")
    assert not worked and re.search("no new privileges|setuid|effective uid", said), said


def test_it_has_no_capabilities(site):
    status = site.run("app1", "grep -E '^(Cap(Eff|Prm|Bnd|Amb)|NoNewPrivs|Seccomp):' "
                              "/proc/$(systemctl show -p MainPID --value customer-service)/status").stdout
    facts = dict(line.split(":\t") for line in status.strip().split("\n"))
    assert {facts[name] for name in ["CapEff", "CapPrm", "CapBnd", "CapAmb"]} == {"0" * 16}
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")


def test_a_command_tells_what_the_host_runs(site):
    said = site.run("app1", "customer-service-status").stdout
    assert re.search(rf"^blue: release {re.escape(version_of(site.old))}, customer-service is active since \S.*, ready$", said, re.M), said
    assert re.search(r"^green: release \S+, customer-service-green is inactive since .*, not ready$", said, re.M), said
