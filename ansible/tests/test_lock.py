"""One run at a time; what a run leaves behind that has ended keeps nobody out."""
import os
import subprocess
import sys

import pytest

LOCK = "/run/customer-service.lock"


@pytest.fixture
def begin(site):
    """A rollback finds nothing to go back to, so it changes nothing; what it says."""
    links = {host: site.run(host, "readlink /opt/customer-service/previous", check=False).stdout.strip() for host in site.apps}
    for host in site.apps:
        site.run(host, "rm -f /opt/customer-service/previous")
    yield lambda **extra: " ".join(site.ansible_playbook("rollback", check=False, **extra).stdout.split())
    for host, link in links.items():
        site.run(host, f"rm -f {LOCK}" + (f"; ln -s {link} /opt/customer-service/previous" if link else ""))


def take(site, hosts, since="now", node="elsewhere", process=1):
    text = "\t".join(["another", "somebody", node, str(process), "deploy.yml to 1.2.3", "2026-01-02 03:04:05 UTC"])
    for host in hosts:
        site.run(host, f"printf '%s' '{text}' > {LOCK} && touch -d '{since}' {LOCK}")


def taken(site):
    return [host for host in site.apps if site.run(host, f"test -e {LOCK}", check=False).returncode == 0]


def test_a_run_from_another_control_node_keeps_others_out_and_is_named(site, begin):
    take(site, ["app2"])
    said = begin()
    assert "somebody has been at work since 2026-01-02 03:04:05 UTC (deploy.yml to 1.2.3, process 1 on elsewhere)" in said, said[-3000:]
    assert taken(site) == ["app2"]


def test_one_that_was_not_heard_of_for_long_was_left_behind(site, begin):
    take(site, site.apps, since="20 minutes ago")
    said = begin()
    assert "somebody left a lock behind: deploy.yml to 1.2.3" in said and "No host has an earlier release" in said, said[-3000:]
    assert taken(site) == []


def test_a_process_of_this_control_node_is_asked_for(site, begin):
    node = f"{os.uname().nodename} {os.readlink('/proc/self/ns/pid')}"
    at_work = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", "ansible-playbook"])
    try:
        take(site, site.apps, since="20 minutes ago", node=node, process=at_work.pid)
        assert "somebody has been at work" in begin()
    finally:
        at_work.kill()
        at_work.wait()
    take(site, site.apps, node=node, process=at_work.pid)
    assert "somebody left a lock behind" in begin()


def test_a_lock_that_cannot_be_read_is_broken_on_demand(site, begin):
    site.run("app3", f"echo '{{' > {LOCK}")
    assert "somebody has been at work" in begin()
    assert "No host has an earlier release" in begin(customer_service_lock_break="true")
    assert taken(site) == []
