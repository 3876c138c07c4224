"""Runs that are cut off, hosts that are lost in the middle, and what an earlier run has left: the next run makes it good."""
import os
import threading
import time

import pytest

from releases import version_of
from test_rollback import LINKS

# How often runs are cut off, one after the other, each in the state that the one before has left. test_rolling.py does it once for each.
CUTS = int(os.environ.get("FLEET_CUTS", "0"))


def one_release(site, tarball):
    assert site.all_serve(tarball)
    site.await_state("UP")
    assert all(site.run(host, f"test -e {LINKS}/before", check=False).returncode != 0 for host in site.apps)


@pytest.mark.skipif(CUTS == 0, reason="FLEET_CUTS is 0")
def test_runs_that_are_cut_off_lose_no_request_and_the_next_makes_it_good(site):
    with site.load(rate=100) as load:
        for number in range(CUTS):
            name = "rollback" if number % 3 == 2 else "deploy"
            release = {} if name == "rollback" else {"customer_service_release_tarball": site.new}
            # From where the hosts are told of the run to where all are done; one that goes on may have ended before.
            site.cut_off(name, 40 + 70 * number // CUTS, **release)
        site.deploy(site.new)
        one_release(site, site.new)
        assert site.cut_off("rollback", 60)
        site.ansible_playbook("site", customer_service_release_tarball=site.new)
        one_release(site, site.old)
    assert load["failed"] == 0, load


@pytest.mark.long
def test_a_host_that_is_lost_in_its_turn_ends_the_deployment_and_the_others_go_back(site):
    lost = threading.Thread(target=lose_when_drained, args=(site, "app2"))
    lost.start()
    try:
        ran = site.deploy(site.new, check=False)
        lost.join()
        assert ran.returncode != 0
        assert "Not reached any more: app2" in " ".join(ran.stdout.split()), ran.stdout[-4000:]
        assert {site.version(host) for host in ["app1", "app3"]} == {version_of(site.old)}
        site.await_state("UP", ["app1", "app3"])
    finally:
        site.fleet.set_cable("app2", "up")
        site.fleet.await_ssh("app2")
    site.await_state("UP")
    site.ansible_playbook("rollback")
    one_release(site, site.old)


def lose_when_drained(site, host):
    end = time.monotonic() + 300
    while "DRAIN" not in site.states()[host] and time.monotonic() < end:
        time.sleep(0.2)
    site.fleet.set_cable(host, "down")
