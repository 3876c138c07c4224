"""Two balancers that share an address: one that is added later, restarted, lost."""
import os
import threading
import time

import pytest

from releases import version_of

pytestmark = pytest.mark.long
ENOUGH = int(os.environ.get("FLEET_REQUESTS", "20000"))


def make(site):
    site.ansible_playbook("site", customer_service_release_tarball=site.old)


@pytest.fixture(scope="module")
def two(made_site):
    """The second one is added under load."""
    made_site.await_state("UP")
    with made_site.load(rate=100) as load:
        made_site.fleet.add("lb2")
        make(made_site)
    assert load["failed"] == 0, load
    yield made_site
    made_site.fleet.remove("lb2")
    make(made_site)


def holders(site):
    """Balancers that have the address."""
    return [host for host in ["lb1", "lb2"] if site.run(host, "ip -oneline address show to 10.77.0.10", check=False).stdout.strip()]


def await_holder(site, host, limit=20):
    begun = time.monotonic()
    while site.run(host, "ip -oneline address show to 10.77.0.10", check=False).stdout.strip() == "":
        assert time.monotonic() < begun + limit, f"{host} does not take the address over"
        time.sleep(0.2)
    return time.monotonic() - begun


def test_one_of_them_has_the_address(two):
    said = " ".join(two.ansible_playbook("status").stdout.split())
    assert "lb2: app1 UP, app2 UP, app3 UP" in said, said[-2000:]
    assert len(holders(two)) == 1


def test_deployments_reach_both_and_lose_no_request_while_one_is_restarted(two):
    other = next(host for host in ["lb1", "lb2"] if host not in holders(two))
    restarts = threading.Timer(20, lambda: two.run(other, "systemctl restart haproxy"))
    with two.load(at_least=ENOUGH, rate=400) as load:
        restarts.start()
        two.deploy(two.new)
        restarts.join()
        assert two.all_serve(two.new)
        two.ansible_playbook("rollback", strategy="blue_green")
        written = {two.run(host, "cat /etc/haproxy/active_set.map").stdout for host in ["lb1", "lb2"]}
        assert written == {"active green\n"}
        assert two.all_serve(two.old)
        two.deploy(two.new, strategy="blue_green")
        two.ansible_playbook("rollback")
        assert two.active_set() == "blue" and two.all_serve(two.old)
    assert load["requests"] >= ENOUGH
    assert load["failed"] == 0, load


def test_one_that_is_lost_is_replaced_by_the_other_and_takes_nothing_back(two):
    lost = holders(two)[0]
    other = "lb2" if lost == "lb1" else "lb1"
    two.fleet.kill(lost)
    print(f"{other} has the address {await_holder(two, other):.1f} s later")
    try:
        with two.load(rate=100) as load:
            time.sleep(3)
        assert load["failed"] == 0, load
        refused = two.deploy(two.new, check=False)
        assert refused.returncode != 0
        assert f"Not reached: {lost}" in " ".join(refused.stdout.split()), refused.stdout[-3000:]
    finally:
        two.fleet.start(lost)
        two.fleet.await_ssh(lost)
    two.await_state("UP")
    assert two.versions() == {host: version_of(two.old) for host in two.apps}
    assert holders(two) == [other]
