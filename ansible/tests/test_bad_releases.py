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
