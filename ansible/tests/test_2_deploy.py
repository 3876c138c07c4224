"""A new release without a lost request, and one that is no good."""
import os
import shutil
import subprocess
import time

import pytest

from conftest import version_of

ENOUGH = int(os.environ.get("FLEET_REQUESTS", "20000"))


def test_a_rolling_deployment_and_a_rollback_lose_no_request(site):
    with site.load() as load:
        site.deploy(site.new)
        assert site.versions() == site.everywhere(site.new)
        site.playbook("rollback")
        assert site.versions() == site.everywhere(site.old)
        await_requests(load, site)
    assert load["requests"] >= ENOUGH
    assert load["failed"] == 0, load["failures"]


def test_a_blue_green_deployment_and_a_rollback_lose_no_request(site):
    with site.load() as load:
        site.deploy(site.new, strategy="blue_green")
        assert site.versions() == site.everywhere(site.new)
        assert active_units(site) == {"customer-service-green"}
        site.playbook("rollback", strategy="blue_green")
        assert site.versions() == site.everywhere(site.old)
        assert active_units(site) == {"customer-service"}
        await_requests(load, site)
    assert load["requests"] >= ENOUGH
    assert load["failed"] == 0, load["failures"]


def test_two_releases_serve_side_by_side_on_one_schema(site):
    """The newer one migrates; the older one goes on reading and writing what it left."""
    with site.load() as load:
        site.deploy(site.new)
        site.playbook("rollback", "--limit", "app1,lb1", customer_service_mixed="true",
                      customer_service_version=version_of(site.old))
        versions = set(site.versions().values())
        time.sleep(10)
    assert versions == {version_of(site.old), version_of(site.new)}
    assert load["failed"] == 0, load["failures"]
    site.playbook("rollback", customer_service_mixed="true", customer_service_version=version_of(site.old))
    assert site.versions() == site.everywhere(site.old)


def test_restarting_without_draining_does_lose_requests(site):
    """The control: otherwise the tests above could not fail."""
    with site.load() as load:
        for host in site.apps:
            site.run(host, "systemctl kill --signal=SIGKILL customer-service")
        time.sleep(5)
    assert load["failed"] > 0


def test_an_orderly_stop_loses_no_request(site):
    with site.load() as load:
        site.run("app2", "systemctl stop customer-service", timeout=90)
        assert site.run("app2", "systemctl show -p Result --value customer-service").stdout.strip() == "success"
        time.sleep(3)
        site.run("app2", "systemctl start customer-service")
        site.await_all_up()
    assert load["failed"] == 0, load["failures"]


def await_requests(load, site):
    """Long enough that so many have been sent, at the rate of the load."""
    time.sleep(max(0, ENOUGH / 200 - (time.time() - load["began"])) + 5)


def active_units(site):
    found = set()
    for host in site.apps:
        for unit in ["customer-service", "customer-service-green"]:
            if site.run(host, f"systemctl is-active {unit}", check=False).stdout.strip() == "active":
                found.add(unit)
    return found


# What systemd and the playbook start; the good one is beside it.
BAD = {
    "never-ready": ("serve", "exec sleep 600"),
    "crashes": ("serve", "echo broken >&2; exit 3"),
    "fails-its-smoke-test": ("serve", 'export CUSTOMER_SERVICE_AUTH_AUDIENCE=elsewhere CUSTOMER_SERVICE_DATABASE_URL='
                                      'jdbc:postgresql://db1/customer_service?sslmode=disable; exec "$real" "$@"'),
    "migration-fails": ("migrate", "echo 'cannot migrate' >&2; exit 1"),
}


@pytest.fixture(scope="module")
def bad_release(site, tmp_path_factory):
    """A release like the new one whose JVM does something else when it is asked for one command."""
    def make(kind):
        command, does = BAD[kind]
        folder = tmp_path_factory.mktemp(kind)
        name = f"{version_of(site.new)}-{kind}"
        tree = folder / f"customer-service-{name}"
        tree.mkdir()
        subprocess.run(["tar", "-xzf", site.new, "-C", str(tree), "--strip-components=1"], check=True)
        (tree / "bin/java").rename(tree / "bin/java.real")
        (tree / "bin/java").write_text(
            f'#!/opt/customer-service/sh\nreal="${{0%/*}}/java.real"\ncase " $* " in *" {command} "*) {does} ;; esac\n'
            'exec "$real" "$@"\n')
        (tree / "bin/java").chmod(0o755)
        tarball = folder / f"customer-service-{name}.tar.gz"
        subprocess.run(["tar", "-czf", str(tarball), "-C", str(folder), tree.name], check=True)
        digest = subprocess.run(["sha256sum", tarball.name], cwd=folder, check=True, text=True, capture_output=True).stdout
        tarball.with_name(tarball.name + ".sha256").write_text(digest)
        shutil.rmtree(tree)
        return str(tarball)
    # The sandbox executes nothing outside of /opt/customer-service: the scripts' shell has to be there.
    for host in site.apps:
        site.run(host, "cp /bin/dash /opt/customer-service/sh")
    yield make
    for host in site.apps:
        site.run(host, "rm /opt/customer-service/sh")


@pytest.mark.parametrize("strategy", ["rolling", "blue_green"])
@pytest.mark.parametrize("kind", list(BAD))
def test_a_bad_release_leaves_the_old_one_serving_everywhere(site, bad_release, kind, strategy):
    if kind == "migration-fails" and strategy == "blue_green":
        pytest.skip("the same steps up to there")
    with site.load(rate=100) as load:
        ran = site.deploy(bad_release(kind), check=False, strategy=strategy)
    assert ran.returncode != 0
    assert "Look at: journalctl -u customer-service" in ran.stdout.replace("\n", " "), ran.stdout[-3000:]
    assert site.versions() == site.everywhere(site.old)
    assert load["failed"] == 0, load["failures"]


def test_a_damaged_tarball_is_refused_before_anything_happens(site, tmp_path):
    tarball = tmp_path / os.path.basename(site.new)
    tarball.write_bytes(open(site.new, "rb").read()[:-1])
    shutil.copy(site.new + ".sha256", str(tarball) + ".sha256")
    ran = site.deploy(str(tarball), check=False)
    assert ran.returncode != 0 and "SHA-256" in ran.stdout
    assert site.versions() == site.everywhere(site.old)
