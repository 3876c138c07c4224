"""Ansible's own rules, the strictest of them."""
import os
import pathlib
import subprocess
import sys

ANSIBLE = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = pathlib.Path(sys.executable).parent


def test_the_linter_finds_nothing_at_its_strictest_profile():
    ran = subprocess.run([PROGRAMS / "ansible-lint", "--offline", "--nocolor", "--strict"], cwd=ANSIBLE, text=True,
                         capture_output=True, timeout=600, env=os.environ | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}"})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Profile 'production' was required, and it passed" in " ".join((ran.stdout + ran.stderr).split()), ran.stdout + ran.stderr


def test_the_tables_of_arguments_are_what_the_roles_say():
    ran = subprocess.run([sys.executable, ANSIBLE / "tests" / "arguments.py"], text=True, capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
