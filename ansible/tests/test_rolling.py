"""One host after the other to a new release and back, under load, with the balancer's retries switched off."""
import os
import time

from releases import version_of

ENOUGH = int(os.environ.get("FLEET_REQUESTS", "20000"))


def test_a_rolling_deployment_and_a_rollback_lose_no_request(site):
    """Nor does a deployment that is cut off at its first host, and gone on with; nor do two releases side by side on one schema. Expand,
    then contract: the newer one migrates, and the older one still reads and writes what there is."""
    with site.load(at_least=ENOUGH) as load:
        assert site.cut_off("deploy", 60, customer_service_release_tarball=site.new)
        assert "a failure brings back " + version_of(site.old) in " ".join(site.deploy(site.new).stdout.split())
        assert site.all_serve(site.new)
        site.ansible_playbook("rollback", "--limit", "app1,lb1", customer_service_version=version_of(site.old))
        assert set(site.versions().values()) == {version_of(site.old), version_of(site.new)}
        time.sleep(5)
        assert site.cut_off("rollback", 40, customer_service_version=version_of(site.old))
        site.ansible_playbook("rollback")
        assert site.all_serve(site.old)
    assert load["requests"] >= ENOUGH
    assert load["failed"] == 0, load


def test_a_host_that_is_drained_gets_no_request(site):
    """By itself, as a retry elsewhere would hide that it does."""
    site.balancer("set server blue/app1 state drain")
    try:
        time.sleep(1)
        before = served(site, "app1")
        with site.load() as load:
            time.sleep(5)
        assert load["requests"] > 500
        assert served(site, "app1") == before
    finally:
        site.balancer("set server blue/app1 state ready")


def test_an_orderly_stop_loses_no_request(site):
    with site.load() as load:
        site.run("app2", "systemctl stop customer-service", timeout=90)
        assert site.run("app2", "systemctl show -p Result --value customer-service").stdout.strip() == "success"
        time.sleep(2)
        site.run("app2", "systemctl start customer-service", timeout=60)
        site.await_state("UP")
        time.sleep(2)
    assert load["failed"] == 0, load


def test_restarting_all_without_draining_does_lose_requests(site):
    """The control run: the others could not fail if this one did not."""
    with site.load() as load:
        for host in site.apps:
            site.run(host, "systemctl kill --signal=SIGKILL customer-service")
            time.sleep(2)
    assert load["failed"] > 0


def served(site, host):
    """Requests that the balancer has sent to an instance so far."""
    rows = [line.split(",") for line in site.balancer("show stat blue 4 -1").split("\n")]
    return next(int(row[7]) for row in rows if row[1:2] == [host])
