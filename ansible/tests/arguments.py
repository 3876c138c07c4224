#!/usr/bin/env python3
"""The table of arguments in a role's README, from its meta/argument_specs.yml.

  arguments.py            fails and names the READMEs whose table is another one
  arguments.py --write    writes them
"""
import pathlib
import re
import sys

import yaml

ROLES = pathlib.Path(__file__).resolve().parents[1] / "roles"
BEGIN, END = "<!-- from meta/argument_specs.yml, by tests/arguments.py -->", "<!-- end -->"


def text(description):
    """As Markdown: Ansible's C(...) is code."""
    return re.sub(r"C\((.*?)\)", r"`\1`", " ".join(description.split()))


def default(role, name, options):
    if options.get("required"):
        return "required"
    defaults = yaml.safe_load((ROLES / role / "defaults" / "main.yml").read_text())
    value = defaults.get(name, options.get("default"))
    # What is computed has its words in the description.
    if value is None or isinstance(value, str) and "{{" in value or isinstance(value, (list, dict)) and value:
        return ""
    return "`" + ("true" if value is True else "false" if value is False else str(value) or "''") + "`"


def table(role):
    lines = ["| argument | default | |", "| --- | --- | --- |"]
    for entry in yaml.safe_load((ROLES / role / "meta" / "argument_specs.yml").read_text())["argument_specs"].values():
        for name, options in entry["options"].items():
            lines.append(f"| `{name}` | {default(role, name, options)} | {text(options['description'])} |")
    return "\n".join([BEGIN, *dict.fromkeys(lines), END])


def main():
    stale = []
    for folder in sorted(path for path in ROLES.iterdir() if path.is_dir()):
        readme = folder / "README.md"
        before = readme.read_text()
        after = re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: table(folder.name), before, flags=re.DOTALL)
        if BEGIN not in before or before != after:
            stale.append(folder.name)
        if "--write" in sys.argv:
            readme.write_text(after)
    if stale and "--write" not in sys.argv:
        raise SystemExit(f"README.md is not what argument_specs.yml says, run {sys.argv[0]} --write: {', '.join(stale)}")


if __name__ == "__main__":
    main()
