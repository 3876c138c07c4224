"""What runbooks say to type on a host. What they say to type on the control node is what the other tests do."""
import pathlib
import re

import pytest

RUNBOOKS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "runbooks"


def commands():
    for page in sorted(RUNBOOKS.glob("*.md")):
        for host, block in re.findall(r"(?ms)^```(\w*)\n(.*?)^```", page.read_text()):
            for line in block.splitlines():
                command = re.sub(r"\s{2,}#.*", "", line)
                # A gap for the reader to fill in, or for Ansible's own machine
                if "…" not in command and not command.startswith("ansible-playbook"):
                    yield pytest.param(host or "app1", command, id=f"{page.stem}: {command}")


@pytest.fixture(scope="module")
def stopped(made_site):
    """As after a crash loop."""
    made_site.run("app1", "systemctl stop customer-service", timeout=90)
    yield made_site
    made_site.run("app1", "systemctl start customer-service", timeout=60)


@pytest.mark.parametrize("host, command", list(commands()))
def test_it_can_be_typed_as_it_stands(stopped, host, command):
    ran = stopped.run(host, command, check=False)
    # Of a unit that is not running, systemctl(1) says 3.
    assert ran.returncode in (0, 3), f"{ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    said = ran.stdout + ran.stderr
    # Of a unit, a file or a command that is called otherwise by now, as of a set that does not serve.
    assert not re.search("could not be found|not found|No such file", said), said
