"""No room under the journal and the state directory."""
import time

import pytest

FULL = ["/var/log/journal", "/var/lib/customer-service"]


@pytest.fixture
def full_disk(site):
    for folder in FULL:
        site.run("app1", f"mount -t tmpfs -o size=1M,mode=0755 tmpfs {folder} && chown --reference=/var/lib/customer-service {folder}; "
                         f"dd if=/dev/zero of={folder}/fill bs=4k status=none; test -s {folder}/fill")
    site.run("app1", "systemctl restart systemd-journald")
    yield
    site.run("app1", f"umount --lazy {' '.join(FULL)}; systemctl restart systemd-journald")


def test_the_service_keeps_answering_and_starts(site, full_disk):
    assert "100%" in site.run("app1", f"df --output=pcent {FULL[1]}").stdout
    with site.load() as load:
        time.sleep(5)
    assert load["failed"] == 0, load
    site.run("app1", "systemctl restart customer-service", timeout=90)
    site.await_state("UP")
    with site.load() as load:
        time.sleep(5)
    assert load["failed"] == 0, load
    assert site.ask("app1", "/health/ready")[0] == 200
