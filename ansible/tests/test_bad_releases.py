"""A release that is no good never serves, and the one before it serves on every host afterwards."""
import os
import shutil

import pytest

import releases


# How one host finds out is the same for both strategies.
@pytest.mark.parametrize(("kind", "strategy"), [
    ("fails-its-smoke-test", "rolling"), ("is-never-ready", "rolling"), ("crashes", "rolling"),
    ("fails-its-smoke-test", "blue_green")])
def test_it_leaves_the_old_release_serving_everywhere(site, tmp_path, kind, strategy):
    refused(site, releases.bad(site.new, kind, tmp_path), strategy)


def test_a_migration_that_fails_leaves_the_old_release_serving_everywhere(site, tmp_path):
    said = refused(site, releases.bad(site.new, "fails-to-migrate", tmp_path), "rolling")
    assert "this migration fails" in said


def refused(site, tarball, strategy):
    with site.load(rate=50) as load:
        ran = site.deploy(tarball, check=False, strategy=strategy)
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
