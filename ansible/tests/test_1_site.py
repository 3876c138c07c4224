"""From empty hosts to a service that answers."""
import json
import re

from conftest import version_of


def changes(ran):
    return sum(int(n) for n in re.findall(r"changed=(\d+)", ran.stdout))


def test_check_mode_works_on_empty_hosts(site):
    ran = site.playbook("site", "--check", customer_service_release_tarball=site.old)
    assert "failed=0" in ran.stdout


def test_one_playbook_makes_a_service_that_answers(site):
    site.playbook("site", customer_service_release_tarball=site.old)
    assert site.get("/health/ready").stdout.strip() == "200"
    assert site.versions() == site.everywhere(site.old)


def test_a_second_run_changes_nothing(site):
    ran = site.playbook("site", customer_service_release_tarball=site.old)
    assert changes(ran) == 0, [line for line in ran.stdout.split("\n") if line.startswith("changed")]


def test_check_mode_works_on_hosts_that_serve(site):
    ran = site.playbook("site", "--check", customer_service_release_tarball=site.old)
    assert changes(ran) == 0


def test_the_standby_streams_from_the_primary(site):
    rows = site.run("db1", "cd / && sudo -u postgres psql -Atc "
                           "\"select application_name, state from pg_stat_replication\"").stdout
    assert rows.strip() == "db2|streaming"


def test_the_database_takes_no_connection_in_clear(site):
    refused = site.run("app1", """python3 - <<'E'
import socket, struct
content = struct.pack("!i", 3 << 16) + b"user\\0customer_service\\0database\\0customer_service\\0\\0"
with socket.create_connection(("db1", 5432)) as database:
    database.sendall(struct.pack("!i", len(content) + 4) + content)
    print(database.recv(300))
E""").stdout
    assert "no encryption" in refused, refused


def test_the_units_exposure_is_low(site):
    ran = site.run("app1", "systemd-analyze security --threshold=12 customer-service.service", check=False)
    assert ran.returncode == 0, ran.stdout


def test_the_units_have_no_mistakes(site):
    ran = site.run("app1", "systemd-analyze verify /etc/systemd/system/customer-service.service "
                           "/etc/systemd/system/customer-service-migrate.service 2>&1")
    assert ran.stdout == ""


def test_the_journal_has_fields(site):
    site.get("/v1/customers")
    line = site.run("app1", "journalctl -u customer-service STREAM=access -o json -n 1 --no-pager").stdout
    entry = json.loads(line)
    assert entry["PRIORITY"] == "6"
    assert entry["STREAM"] == "access"
    assert re.fullmatch(r"[0-9a-f-]+", entry["REQUEST_ID"])


def test_status_tells_what_it_does(site):
    status = site.run("app1", "systemctl show -p StatusText --value customer-service").stdout
    assert re.match(r"serving on port 8080; \d+ req/s, [\d.]+ % errors, pool \d+/\d+", status), status


PROBE = """
cat > /run/probe.sh
{
    printf '[Service]\\nType=oneshot\\nUser=customer-service\\nStateDirectory=customer-service\\n'
    printf 'ExecStart=/bin/sh /run/probe.sh\\nStandardOutput=truncate:/run/probe.out\\nStandardError=inherit\\n'
    grep -vE '^(NoExecPaths|ExecPaths)=' /etc/systemd/system/customer-service.service.d/10-sandbox.conf
} > /run/systemd/system/customer-service-probe.service
systemctl daemon-reload
systemctl start customer-service-probe
cat /run/probe.out
"""


def in_sandbox(site, script):
    """What a shell could do in the unit's sandbox; it runs at all only because the lines about execution are left out."""
    return site.run("app1", PROBE.replace("cat > /run/probe.sh", f"cat > /run/probe.sh <<'E'\n{script}\ntrue\nE")).stdout


def test_the_service_cannot_read_the_password_file(site):
    assert "Permission denied" in in_sandbox(site, "cat /etc/shadow")


def test_the_service_cannot_write_outside_its_state_directory(site):
    places = "/var/lib/customer-service /etc /opt/customer-service /var/log /home /usr /root /run /var/lib"
    said = in_sandbox(site, f"for place in {places}; do touch $place/probe 2>/dev/null && echo $place; done")
    assert said.split() == ["/var/lib/customer-service"]


def test_the_service_cannot_gain_privileges(site):
    said = in_sandbox(site, "grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status; sudo -n true")
    assert re.findall(r"(\w+):\s+(\d+)", said) == [
        ("CapEff", "0" * 16), ("CapBnd", "0" * 16), ("NoNewPrivs", "1")], said
    assert "sudo" in said, said


def test_the_service_cannot_execute_a_shell(site):
    """In the very namespace of the running process: the shell is there, on a mount from which nothing is executed."""
    ran = site.run("app1", "pid=$(systemctl show -p MainPID --value customer-service); "
                           "awk '$5 == \"/\" { print $6 }' /proc/$pid/mountinfo")
    assert "noexec" in ran.stdout, ran
    ran = site.run("app1", "nsenter --target $(systemctl show -p MainPID --value customer-service) --mount "
                           "setpriv --reuid=customer-service --regid=customer-service --clear-groups /bin/sh -c true",
                   check=False)
    assert ran.returncode != 0 and "Permission denied" in ran.stderr, ran


def test_releases_lie_side_by_side(site):
    links = site.run("app1", "readlink /opt/customer-service/current").stdout.strip()
    assert links == f"releases/{version_of(site.old)}"
