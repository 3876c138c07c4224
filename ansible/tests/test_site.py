"""From empty hosts to a service that answers, by one playbook."""
import json
import re
import time
import uuid

import pytest


def changes(ran):
    return sum(int(number) for number in re.findall(r"changed=(\d+)", ran.stdout))


@pytest.mark.long
def test_check_mode_works_on_empty_hosts(empty_site):
    ran = empty_site.ansible_playbook("site", "--check", customer_service_release_tarball=empty_site.old)
    assert changes(ran) > 0
    assert empty_site.run("app1", "test -e /opt/customer-service", check=False).returncode != 0


def test_one_playbook_makes_a_service_that_answers(made_site):
    assert made_site.get("/health/ready") == 200
    assert made_site.all_serve(made_site.old)


def test_a_second_run_changes_nothing(site):
    ran = site.ansible_playbook("site", customer_service_release_tarball=site.old)
    assert changes(ran) == 0, [line for line in ran.stdout.split("\n") if line.startswith("changed")]


def test_check_mode_works_on_hosts_that_serve(site):
    ran = site.ansible_playbook("site", "--check", "--limit", "app1,db1,lb1", customer_service_release_tarball=site.old)
    assert changes(ran) == 0, [line for line in ran.stdout.split("\n") if line.startswith("changed")]


def test_the_status_playbook_finds_all_well(site):
    said = " ".join(site.ansible_playbook("status").stdout.split())
    assert "the blue set serves" in said and "lb1: app1 UP, app2 UP, app3 UP" in said, said[-2000:]


def test_the_standby_streams_from_the_primary(site):
    rows = site.run("db1", "cd / && sudo -u postgres psql -Atc 'select application_name, state from pg_stat_replication'")
    assert rows.stdout.strip() == "db2|streaming"


def test_the_database_refuses_a_connection_without_tls(site):
    refused = site.python("app1", """
import socket, struct
startup = struct.pack("!i", 3 << 16) + b"user\\0customer_service\\0database\\0customer_service\\0\\0"
with socket.create_connection(("db1", 5432), 5) as database:
    database.sendall(struct.pack("!i", len(startup) + 4) + startup)
    print(database.recv(400))""")
    assert "no pg_hba.conf entry" in refused and "no encryption" in refused


def test_the_role_that_serves_cannot_change_the_audit_trail(site):
    psql = "cd / && sudo -u postgres psql --no-psqlrc -d customer_service -v ON_ERROR_STOP=1 -Atc"
    owners = "select distinct relowner::regrole from pg_class where relnamespace = 'public'::regnamespace"
    assert site.run("db1", f'{psql} "{owners}"').stdout.split() == ["customer_service_owner"]
    assert site.run("db1", f"{psql} 'set role customer_service; select count(*) > 0 from audit_log'").stdout.split() == ["SET", "t"]
    for change in ["delete from audit_log", "update audit_log set actor = null", "truncate audit_log", "drop table audit_log",
                   "alter table audit_log disable trigger all"]:
        ran = site.run("db1", f"{psql} 'set role customer_service; {change}'", check=False)
        assert ran.returncode != 0 and re.search("permission denied|must be owner", ran.stderr), (change, ran.stderr)


def test_the_balancers_log_names_nobody(site):
    """A filter by email is in the query, and the query is not in the log."""
    person = f"{uuid.uuid4().hex}@example.com"
    site.python("app1", f"""
import ssl, urllib.request, urllib.error
try:
    urllib.request.urlopen("https://lb1/v1/customers?email={person}", context=ssl._create_unverified_context())
except urllib.error.HTTPError as refused:
    print(refused.code)""")
    lines = site.run("lb1", "sleep 1; journalctl -t haproxy -o cat --no-pager -n 2000").stdout
    assert "GET /v1/customers HTTP/1.1" in lines and person not in lines


def test_the_databases_log_names_no_customer(site):
    """Neither where a statement fails for what it was given, nor where it is slow."""
    person = f"{uuid.uuid4().hex}@example.com"
    customer = {"name": "Ada", "email": person}
    statuses = [site.api("POST", "/v1/customers", customer)[0] for _ in range(2)]
    site.run("db1", "cd / && echo 'select pg_sleep(0.6), :person::text;' > /tmp/slow.sql && sudo -u postgres"
             f" /usr/lib/postgresql/15/bin/pgbench -n -M prepared -t 1 -D person={person} -f /tmp/slow.sql customer_service")
    lines = site.run("db1", "cat /var/log/postgresql/*.log").stdout
    assert statuses == [201, 409]
    assert "customers_email_key" in lines and "pg_sleep" in lines
    assert person not in lines


def test_hosts_answer_only_to_those_whom_their_roles_name(site):
    """Also SSH, which all may reach, by a new connection."""
    wanted = {("lb1", "app1", 8080): True, ("lb1", "app1", 8090): None, ("app2", "app1", 8080): False, ("db1", "app1", 8080): False,
              ("app1", "db1", 5432): True, ("db2", "db1", 5432): True, ("lb1", "db1", 5432): False,
              ("app1", "lb1", 443): True, ("app1", "lb1", 8404): False, ("app1", "db1", 22): True}
    found = {}
    for (client, server, port), answer in wanted.items():
        found[client, server, port] = json.loads(site.python(client, f"""
import socket
try:
    socket.create_connection(("{server}", {port}), 2).close()
    print("true")
except ConnectionRefusedError:
    print("null")
except TimeoutError:
    print("false")"""))
    assert found == wanted
    assert {site.run(host, "systemctl is-enabled nftables").stdout.strip() for host in site.fleet.hosts} == {"enabled"}


@pytest.mark.long
def test_rules_that_shut_the_operator_out_are_undone_by_themselves(site):
    rules = json.dumps({"common_ports": [{"ports": [2222], "from": ["any"]}]})
    begun = time.monotonic()
    ran = site.ansible_playbook("site", "--limit", "db2", "-e", rules, check=False, customer_service_release_tarball=site.old)
    assert ran.returncode != 0
    while site.fleet.ssh("db2", "true").returncode != 0:
        assert time.monotonic() < begun + 180
        time.sleep(1)
    site.ansible_playbook("site", "--limit", "db2", customer_service_release_tarball=site.old)
    assert "tcp dport { 22 } accept" in site.run("db2", "cat /etc/nftables.d/common.nft").stdout
    assert site.run("db2", "systemctl is-active nftables").stdout.strip() == "active"


def test_a_request_in_clear_is_redirected_to_tls(site):
    answer = site.python("db1", f"""
import http.client
connection = http.client.HTTPConnection("{site.fleet.address('lb1')}", 80, timeout=5)
connection.request("GET", "/health/live", headers={{"Host": "lb1"}})
answer = connection.getresponse()
print(answer.status, answer.getheader("Location"))""")
    assert answer == "308 https://lb1/health/live"


def test_a_server_whose_port_has_changed_is_asked_at_the_new_one_after_a_reload(site):
    """What is drained stays drained."""
    site.balancer("set server blue/app2 state drain")
    try:
        site.run("lb1", "cp -p /etc/haproxy/haproxy.cfg /root/ && sed -i 's/:8090 /:8099 /' /etc/haproxy/haproxy.cfg && systemctl reload haproxy")
        lines = [line.split() for line in site.balancer("show servers state").split("\n")]
        assert {line[18] for line in lines if line[1:2] == ["green"]} == {"8099"}
        assert "DRAIN" in site.states()["app2"]
    finally:
        site.run("lb1", "mv /root/haproxy.cfg /etc/haproxy/ && systemctl reload haproxy")
        site.balancer("set server blue/app2 state ready")


def test_with_no_instance_believed_well_requests_are_still_sent(site):
    """Fail open: a wrong check must not be an outage."""
    try:
        for host in site.apps:
            site.balancer(f"disable health blue/{host}")
            site.balancer(f"set server blue/{host} health down")
        assert set(site.states().values()) == {"DOWN"}
        assert site.get("/health/live") == 200
    finally:
        for host in site.apps:
            site.balancer(f"set server blue/{host} health up")
            site.balancer(f"enable health blue/{host}")
