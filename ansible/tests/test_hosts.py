"""What the runbooks about hosts, keys and certificates tell people to do, under load."""
import json
import threading
import time

import pytest

import releases


def make(site):
    return site.ansible_playbook("site", customer_service_release_tarball=site.old)


@pytest.mark.long
def test_an_instance_is_added_another_taken_away_and_a_broken_one_replaced(site):
    """The broken one by a host with another address."""
    with site.load(rate=100) as load:
        site.fleet.add("app4")
        make(site)
        site.await_state("UP")
        assert "app4" in site.states()
        assert site.all_serve(site.old)
        site.balancer("set server blue/app4 state drain")
        site.run("app4", "systemctl stop customer-service", timeout=90)
    assert load["failed"] == 0, load
    site.fleet.remove("app4")
    site.fleet.remove("app3")
    site.await_state("DOWN", ["app3"])
    with site.load(rate=100) as load:
        site.fleet.add("app3")
        make(site)
        site.await_state("UP")
    assert "app4" not in site.states()
    assert site.all_serve(site.old)
    assert load["failed"] == 0, load


@pytest.mark.long
def test_tables_of_the_role_that_serves_are_handed_over_without_a_lost_request(site):
    """As they were when one role did both."""
    started = "systemctl show -p ExecMainStartTimestampMonotonic --value customer-service"
    psql = "cd / && sudo -u postgres psql --no-psqlrc -d customer_service -v ON_ERROR_STOP=1 -Atc"
    owners = "select distinct relowner::regrole from pg_class where relnamespace = 'public'::regnamespace"
    with site.load(rate=100) as load:
        site.run("db1", f"{psql} 'reassign owned by customer_service_owner to customer_service'")
        assert site.run("db1", f'{psql} "{owners}"').stdout.split() == ["customer_service"]
        # As a run leaves it that was cut off before the restart: the content is what this one would write.
        site.run("app2", "touch /etc/customer-service/customer-service.yaml")
        before = site.run("app2", started).stdout, site.run("app1", started).stdout
        make(site)
        assert site.run("app2", started).stdout != before[0]
        assert site.run("app1", started).stdout == before[1]
        assert site.run("db1", f'{psql} "{owners}"').stdout.split() == ["customer_service_owner"]
        site.run("app1", "systemctl start customer-service-migrate")
    assert load["failed"] == 0, load
    ran = site.run("db1", f"{psql} 'set role customer_service; delete from audit_log'", check=False)
    assert "permission denied" in ran.stderr


def test_keys_passwords_and_certificates_are_rotated_without_a_lost_request(site):
    """Keys and certificates are taken up without a restart, passwords with one."""
    secrets = site.read_secrets()
    keys = json.loads(secrets["secret_jwt_keys"])
    added = json.loads(releases.new_keys(site.old))["keys"]
    started = "systemctl show -p ExecMainStartTimestampMonotonic --value customer-service"
    serial = "openssl s_client -connect localhost:8080 </dev/null 2>/dev/null | openssl x509 -noout -serial"
    database = ("systemctl show -p ExecMainStartTimestampMonotonic --value postgresql@15-main",
                "openssl s_client -connect localhost:5432 -starttls postgres </dev/null 2>/dev/null | openssl x509 -noout -serial")
    before = {host: (site.run(host, started).stdout, site.run(host, serial).stdout) for host in site.apps}
    before_db = [site.run("db1", command).stdout for command in database]
    with site.load(rate=100) as load:
        publish(site, secrets, keys["keys"] + [key | {"status": "next"} for key in added])
        for host in ["app1", "app2", "app3", "lb1", "db1"]:
            (site.authority.parent / f"{host}.crt").unlink()
        make(site)
        published = f'''
import ssl, time, urllib.request
time.sleep(3)
context = ssl._create_unverified_context()
answer = urllib.request.urlopen("https://localhost:8080/.well-known/jwks.json", context=context).read().decode()
print("{added[0]["kid"]}" in answer)'''
        assert {site.python(host, published) for host in site.apps} == {"True"}
        for host in site.apps:
            assert site.run(host, started).stdout == before[host][0]
            assert site.run(host, serial).stdout != before[host][1]
        assert site.run("db1", database[0]).stdout == before_db[0]
        assert site.run("db1", database[1]).stdout != before_db[1]
        for name in ["secret_db_password", "secret_db_migration_password"]:
            secrets[name] = secrets[name][::-1]
        publish(site, secrets, [key | {"status": "previous"} for key in keys["keys"]] + added)
        make(site)
        site.run("app1", "systemctl start customer-service-migrate")
    assert load["failed"] == 0, load


@pytest.mark.long
def test_leaked_keys_are_replaced_on_every_host(site):
    """Without a load: what clients have is to be refused."""
    secrets = site.read_secrets()
    leaked = secrets["secret_jwt_keys"]
    keys = json.loads(releases.replaced_keys(site.old, leaked))["keys"]
    publish(site, secrets, keys)
    site.ansible_playbook("site", "--limit", "app", customer_service_release_tarball=site.old)
    published = """
import json, ssl, time, urllib.request
time.sleep(3)
context = ssl._create_unverified_context()
answer = urllib.request.urlopen("https://localhost:8080/.well-known/jwks.json", context=context).read()
print(*sorted(key["kid"] for key in json.loads(answer)["keys"]))"""
    kids = sorted(key["kid"] for key in keys)
    assert not set(kids) & {key["kid"] for key in json.loads(leaked)["keys"]}
    assert {site.python(host, published) for host in site.apps} == {" ".join(kids)}


def publish(site, secrets, keys):
    secrets["secret_jwt_keys"] = json.dumps({"keys": keys})
    site.write_secrets(secrets)


@pytest.mark.long
def test_hosts_are_patched_one_after_the_other_without_a_lost_request(site):
    """An instance and the standby ask for a start; the others have no updates."""
    booted = "cat /proc/sys/kernel/random/boot_id; systemctl show -p UserspaceTimestamp --value"
    before = {host: site.run(host, booted).stdout for host in site.fleet.hosts}
    for host in ["app2", "db2"]:
        site.run(host, "touch /run/reboot-required")
    started = [threading.Thread(target=start_again, args=(site, host)) for host in ["app2", "db2"]]
    with site.load(rate=100) as load:
        for thread in started:
            thread.start()
        site.ansible_playbook("patch")
        site.await_state("UP")
    for thread in started:
        thread.join()
    assert load["failed"] == 0, load
    assert {host for host in site.fleet.hosts if site.run(host, booted).stdout != before[host]} == {"app2", "db2"}
    assert site.all_serve(site.old)


def start_again(site, host, limit=600):
    """The power comes back after a host has switched itself off to start anew."""
    end = time.monotonic() + limit
    while site.fleet.pid(host):
        assert time.monotonic() < end
        time.sleep(0.2)
    site.fleet.kill(host)
    site.fleet.start(host)
