"""A primary database that is lost, and the way back."""
import json
import time
import uuid

import pytest

pytestmark = pytest.mark.long


def test_a_standby_is_promoted_when_the_primary_is_lost_and_the_lost_one_comes_back_as_a_standby(site):
    status, customer = site.api("POST", "/v1/customers", {"name": "Ada", "email": f"{uuid.uuid4()}@example.com"})
    assert status == 201, customer
    await_streaming(site, "db1", "db2")
    site.fleet.kill("db1")
    lost = time.monotonic()
    site.ansible_playbook("promote")
    promoted = time.monotonic()
    change = {"name": "Ada Lovelace", "email": customer["email"]}
    while site.api("PUT", f"/v1/customers/{customer['id']}", change)[0] != 200:
        assert time.monotonic() < promoted + 30
        time.sleep(0.5)
    print(f"promoted {promoted - lost:.1f} s after power was lost; a write was taken {time.monotonic() - promoted:.1f} s later")
    site.await_state("UP")
    roles(site, db1="standby", db2="primary")
    # As the role's README has it: it must not start as the primary that it was.
    (site.fleet.root("db1") / "etc/postgresql/15/main/start.conf").write_text("manual\n")
    site.fleet.start("db1")
    site.fleet.await_ssh("db1")
    rejoin(site)
    await_streaming(site, "db2", "db1")
    # Never as the primary that it was, which instances would have written to.
    started = site.run("db1", "journalctl --boot --unit postgresql@15-main --output cat --no-pager | grep --count ^Started").stdout
    assert int(started) == 1


def test_a_primary_that_answers_is_not_replaced_by_mistake(site):
    refused = site.ansible_playbook("promote", check=False)
    assert refused.returncode != 0
    assert "db2 still answers, to db1, app1, app2, app3, and nothing was changed" in " ".join(refused.stdout.split())


def test_a_standby_that_is_cut_off_alone_is_not_promoted(site):
    """It reaches the primary no more; the instances do."""
    route = f"blackhole {site.fleet.address('db2')}/32"
    site.run("db1", f"ip route add {route}")
    try:
        refused = site.ansible_playbook("promote", check=False)
    finally:
        site.run("db1", f"ip route delete {route}")
    assert refused.returncode != 0
    assert "db2 still answers, to app1, app2, app3, and nothing was changed" in " ".join(refused.stdout.split())


def test_a_standby_is_not_promoted_where_most_instances_cannot_be_asked(site):
    """They may be on the other side with the primary, and use it."""
    cut_off = ["app1", "app2"]
    routes = [f"blackhole {site.fleet.address(host)}/32" for host in ("db1", "app3")]
    for host in cut_off:
        site.fleet.set_cable(host, "down")
    site.run("db2", "; ".join(f"ip route add {route}" for route in routes))
    try:
        refused = site.ansible_playbook("promote", check=False)
    finally:
        site.run("db2", "; ".join(f"ip route delete {route}" for route in routes))
        for host in cut_off:
            site.fleet.set_cable(host, "up")
            site.fleet.await_ssh(host)
    assert refused.returncode != 0
    assert "1 of the 3 instances' hosts could be asked" in " ".join(refused.stdout.split()), refused.stdout[-3000:]
    site.await_state("UP")


def test_the_roles_are_changed_over_on_purpose_without_a_lost_commit(site):
    with site.load(rate=100) as load:
        site.ansible_playbook("promote", postgresql_promote_force="true")
        time.sleep(10)
    print(f"{load['failed']} of {load['requests']} requests failed while the primary changed")
    assert site.get("/health/ready") == 200
    assert load["lost"] == 0, load
    # The inventory still has it as the primary.
    refused = site.ansible_playbook("site", "--limit", "database", check=False)
    assert refused.returncode != 0
    assert "another one was promoted in its place, and it was stopped for good" in " ".join(refused.stdout.split()), refused.stdout[-3000:]
    assert site.run("db2", "systemctl is-active postgresql@15-main", check=False).stdout.strip() != "active"
    roles(site, db1="primary", db2="standby")
    rejoin(site)
    await_streaming(site, "db1", "db2")


def test_a_standby_that_has_fallen_behind_for_good_is_cloned_anew(site):
    site.run("db2", "rm /var/lib/postgresql/15/main/standby.signal")
    rejoin(site)
    await_streaming(site, "db1", "db2")
    assert site.run("db2", "cd / && sudo -u postgres psql -Atc 'select pg_is_in_recovery()'").stdout.strip() == "t"


def roles(site, **role_of):
    """In the inventory."""
    folder = site.fleet.folder / "host_vars"
    folder.mkdir(exist_ok=True)
    for host, role in role_of.items():
        (folder / f"{host}.yml").write_text(json.dumps({"postgresql_role": role}))


def rejoin(site):
    site.ansible_playbook("site", "--limit", "database", postgresql_rejoin="true")


def await_streaming(site, primary, standby):
    end = time.monotonic() + 30
    query = "cd / && sudo -u postgres psql -Atc 'select application_name, state from pg_stat_replication'"
    while (rows := site.run(primary, query).stdout.strip()) != f"{standby}|streaming":
        assert time.monotonic() < end, rows
        time.sleep(0.5)
