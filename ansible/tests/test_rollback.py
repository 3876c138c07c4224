"""A rollback from whatever state the hosts are in."""
import time

import pytest

from releases import HOME, version_of

LINKS = "/opt/customer-service"


def break_release(site, hosts):
    """A release that crashes as soon as it starts, beside those that the hosts have; its version."""
    version = version_of(site.old) + "-crashes"
    for host in hosts:
        site.run(host, f"rm -rf {HOME}/{version} && cp -al {HOME}/{version_of(site.old)} {HOME}/{version}"
                       f" && rm {HOME}/{version}/lib/jvm.options && echo -XX:NoSuchOption > {HOME}/{version}/lib/jvm.options")
    return version


def run_release(site, host, version, previous):
    """As a deployment leaves it that nobody looked after."""
    site.run(host, f"ln -sfn releases/{version} {LINKS}/current && "
                   + (f"ln -sfn releases/{previous} {LINKS}/previous" if previous else f"rm -f {LINKS}/previous"))
    site.run(host, "systemctl restart customer-service", check=False, timeout=90)


def await_failed(site, hosts, limit=60):
    """Until systemd has given up."""
    begun = time.monotonic()
    while any(site.run(host, "systemctl is-failed customer-service", check=False).stdout.strip() != "failed" for host in hosts):
        assert time.monotonic() < begun + limit
        time.sleep(1)


def rolled_back(site, **extra):
    ran = site.ansible_playbook("rollback", **extra)
    assert site.all_serve(site.old), ran.stdout[-4000:]
    site.await_state("UP")
    for host in site.apps:
        assert site.run(host, f"test -e {LINKS}/before", check=False).returncode != 0
    return " ".join(ran.stdout.split())


@pytest.fixture
def blue(site):
    """Broken by each test, and put right by the rollback that it tests, or else by one that is told what to do."""
    assert site.active_set() == "blue"
    yield site
    if not site.all_serve(site.old):
        site.ansible_playbook("rollback", customer_service_version=version_of(site.old))
    for host in site.apps:
        site.run(host, f"rm -rf {HOME}/{version_of(site.old)}-crashes {LINKS}/previous")


def test_a_release_that_crashes_on_every_host_is_left_without_options(blue):
    """One host is drained, one was added later: it has no release before, and has never had the one to go back to."""
    bad = break_release(blue, blue.apps)
    for host in blue.apps:
        run_release(blue, host, bad, version_of(blue.old) if host != "app3" else None)
    await_failed(blue, blue.apps)
    blue.run("app3", f"rm -rf {HOME}/{version_of(blue.old)}")
    blue.balancer("set server blue/app2 state drain")

    said = rolled_back(blue)

    assert f"back to {version_of(blue.old)}: it served before" in said
    assert "the unit is failed since" in said
    assert blue.run("app3", f"readlink {LINKS}/previous").stdout.strip() == f"releases/{bad}"


@pytest.mark.long
def test_a_mixed_fleet_goes_back_to_what_has_been_there_for_longest(blue):
    """One host's link was set without a restart, as by a run that was cut off between the two."""
    bad = break_release(blue, ["app1", "app2"])
    run_release(blue, "app1", bad, version_of(blue.old))
    blue.run("app2", f"ln -sfn releases/{bad} {LINKS}/current")
    await_failed(blue, ["app1"])

    with blue.load() as load:
        said = rolled_back(blue)

    assert "it has been on this mixed fleet for longest" in said
    assert blue.run("app2", f"readlink {LINKS}/current").stdout.strip() == f"releases/{version_of(blue.old)}"
    assert load["failed"] == 0, load


def test_a_host_that_is_lost_keeps_no_other_from_going_back(blue):
    bad = break_release(blue, blue.apps)
    for host in blue.apps:
        run_release(blue, host, bad, version_of(blue.old))
    await_failed(blue, blue.apps)
    blue.fleet.set_cable("app2", "down")
    try:
        ran = blue.ansible_playbook("rollback", check=False)
        assert ran.returncode != 0
        assert "Not reached: app2" in " ".join(ran.stdout.split()), ran.stdout[-4000:]
        blue.await_state("UP", ["app1", "app3"])
    finally:
        blue.fleet.set_cable("app2", "up")
        blue.fleet.await_ssh("app2")
    rolled_back(blue)


def test_no_earlier_release_is_said(blue):
    for host in blue.apps:
        blue.run(host, f"rm -f {LINKS}/previous")
    ran = blue.ansible_playbook("rollback", check=False)
    assert ran.returncode != 0
    assert "No host has an earlier release" in ran.stdout
    assert blue.all_serve(blue.old)
