"""A release that is no good never serves, and the one before it serves on every host afterwards."""
import hashlib
import os
import shutil

import pytest

import releases


# How one host finds out is the same for both strategies.
@pytest.mark.parametrize(("kind", "strategy"), [
    ("fails-its-smoke-test", "rolling"), pytest.param("is-never-ready", "rolling", marks=pytest.mark.long), ("crashes", "rolling"),
    ("fails-its-smoke-test", "blue_green")])
def test_it_leaves_the_old_release_serving_everywhere(site, kind, strategy):
    refused(site, kind, strategy)


def test_a_migration_that_fails_leaves_the_old_release_serving_everywhere(site):
    said = refused(site, "fails-to-migrate", "rolling")
    assert "this migration fails" in said


def refused(site, kind, strategy):
    version, made = releases.bad(releases.version_of(site.old), kind)
    for host in site.apps:
        site.run(host, made)
    with site.load(rate=50) as load:
        ran = site.ansible_playbook("deploy", check=False, customer_service_version=version, strategy=strategy)
    said = " ".join(ran.stdout.split())
    assert ran.returncode != 0
    assert "journalctl -u customer-service" in said, ran.stdout[-4000:]
    assert site.all_serve(site.old), ran.stdout[-4000:]
    assert set(site.states().values()) == {"UP"}
    assert load["failed"] == 0, load
    return said


@pytest.mark.long
def test_one_that_is_no_good_on_the_second_host_alone_is_taken_back_from_the_first(site):
    folder = f"{releases.HOME}/{releases.version_of(site.new)}"
    digest = hashlib.sha256(open(site.new, "rb").read()).hexdigest()
    site.run("app2", f"rm -rf {folder} && cp -al {releases.HOME}/{releases.version_of(site.old)} {folder} && cd {folder}"
             f" && rm -f lib/jvm.options tarball.sha256 && echo -XX:NoSuchOption > lib/jvm.options && echo {digest} > tarball.sha256")
    try:
        with site.load(rate=50) as load:
            ran = site.deploy(site.new, check=False)
    finally:
        site.run("app2", f"rm -rf {folder}")
    assert ran.returncode != 0
    assert 'app2: "Restart" failed' in " ".join(ran.stdout.split()), ran.stdout[-4000:]
    assert site.all_serve(site.old)
    assert load["failed"] == 0, load


@pytest.mark.long
def test_one_that_fails_through_the_balancer_is_taken_back_from_all_hosts(site):
    """For a fault of the balancer itself, as nobody can tell."""
    rule = "    http-request deny if { path_beg /v1/customers }"
    site.run("lb1", "cp -p /etc/haproxy/haproxy.cfg /root/ && sed -i '/^frontend clients/a\\"
             f"{rule}' /etc/haproxy/haproxy.cfg && systemctl reload haproxy")
    try:
        ran = site.deploy(site.new, check=False)
    finally:
        site.run("lb1", "mv /root/haproxy.cfg /etc/haproxy/ && systemctl reload haproxy")
    assert ran.returncode != 0
    assert 'The smoke test through the balancer failed at "List customers"' in " ".join(ran.stdout.split()), ran.stdout[-4000:]
    assert site.all_serve(site.old)


def test_a_damaged_tarball_is_refused_before_anything_happens(site, tmp_path):
    damaged = tmp_path / os.path.basename(site.new)
    shutil.copy(site.new, damaged)
    shutil.copy(f"{site.new}.sha256", f"{damaged}.sha256")
    os.truncate(damaged, os.path.getsize(damaged) - 1)
    ran = site.deploy(damaged, check=False)
    assert ran.returncode != 0
    assert "SHA-256" in ran.stdout
    assert site.all_serve(site.old)


def test_another_tarball_of_the_same_version_is_refused_before_anything_happens(site, tmp_path):
    rebuilt = tmp_path / os.path.basename(site.old)
    rebuilt.write_bytes(b"built again")
    rebuilt.with_name(rebuilt.name + ".sha256").write_text(f"{hashlib.sha256(b'built again').hexdigest()}  {rebuilt.name}\n")
    ran = site.deploy(rebuilt, check=False)
    assert ran.returncode != 0
    assert "of another tarball" in ran.stdout
    assert site.all_serve(site.old)
