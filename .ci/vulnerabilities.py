"""Compares what is in the linked image, and what Ansible needs, with known vulnerabilities, and each finding with the
decisions in vulnerabilities.toml. Exits 1 if a finding has no decision that holds, 2 if the comparison is worth nothing.

    python3 .ci/vulnerabilities.py                              what can be known from Maven Central alone; part of .ci/run
    python3 .ci/vulnerabilities.py Maven/all.zip PyPI/all.zip   with current databases; before a release

A database is an archive of OSV records (https://ossf.github.io/osv-schema) as osv.dev exports it for each ecosystem, or a
folder of them. Without one, advisories of an old artefact on Maven Central are read: see docs/vulnerabilities.md.
"""
import argparse
import csv
import datetime
import glob
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BILLS = "runtime-image/target/customer-service-*.cdx.json"
REQUIREMENTS = ("ansible/requirements.txt", "ansible/requirements-secrets.txt", "ansible/tests/requirements.txt")
REPORT = "target/ci/vulnerabilities.xml"
# The last release under the Apache licence that carries GitHub's advisories.
ON_MAVEN_CENTRAL = ("org.openrewrite.recipe", "rewrite-java-dependencies", "1.24.1")
FEWEST = 1000  # records of a database that deserves the name
OLDEST = 7  # days since a database had its newest record
# The first version must be found in a database of its ecosystem, and not all of that in the second.
CANARIES = {
    "Maven": ("org.apache.logging.log4j:log4j-core", "2.14.1", "2.999"),
    "PyPI": ("jinja2", "2.10", "999"),
}
QUALIFIERS = {"dev": -6, "alpha": -5, "a": -5, "beta": -4, "b": -4, "milestone": -3, "m": -3, "rc": -2, "cr": -2,
              "snapshot": -1, "": 0, "final": 0, "ga": 0, "release": 0, "sp": 1, "post": 1}
# Each less than the next: what the comparison is proved by.
ORDER = ("1.0-alpha-1", "1.0-beta2", "1.0-M1", "1.0.0-rc1", "1.0", "1.0-sp1", "1.0-jre8", "1.0.1", "1.2", "1.10", "2", "10.0.1")
SAME = (("1", "1.0.0"), ("1.0.Final", "1.0"), ("4.5.0", "4.5"))


class Worthless(Exception):
    """The comparison would tell nothing."""


def version(text):
    """What orders versions as Maven does, near enough; PyPI's numbers come out the same."""
    key = []
    for token in re.findall(r"\d+|[a-z]+", text.lower().split("+")[0]):
        if token.isdigit():
            key.append((3, int(token), ""))
        else:
            while key and key[-1] == (3, 0, ""):
                key.pop()
            key.append((QUALIFIERS[token], 0, "") if token in QUALIFIERS else (2, 0, token))
    while key and key[-1] in ((3, 0, ""), (0, 0, "")):
        key.pop()
    return key


def compare(one, other):
    """Negative, 0 or positive. An end is more than a pre-release and less than anything else."""
    for a, b in itertools.zip_longest(version(one), version(other), fillvalue=(0, 0, "")):
        if a != b:
            return -1 if a < b else 1
    return 0


def hits(affected, number):
    """Whether one entry of OSV's `affected` names this version."""
    if number in affected.get("versions", ()):
        return True
    for span in affected.get("ranges", ()):
        if span.get("type") == "GIT":
            continue
        inside = False
        for event in span.get("events", ()):
            if "introduced" in event and (event["introduced"] == "0" or compare(number, event["introduced"]) >= 0):
                inside = True
            elif "fixed" in event and compare(number, event["fixed"]) >= 0:
                inside = False
            elif "last_affected" in event and compare(number, event["last_affected"]) > 0:
                inside = False
        if inside:
            return True
    return False


class Database:
    """Advisories by ecosystem and package."""

    def __init__(self):
        self.by_package = {}
        self.records = {}  # by ecosystem
        self.newest = ""

    def add(self, record):
        if record.get("withdrawn"):
            return
        self.newest = max(self.newest, record.get("modified", ""))
        for affected in record.get("affected", ()):
            package = affected.get("package", {})
            ecosystem = package.get("ecosystem", "").split(":")[0]
            self.records[ecosystem] = self.records.get(ecosystem, 0) + 1
            self.by_package.setdefault((ecosystem, package.get("name", "").lower()), []).append((record, affected))

    def findings(self, ecosystem, name, number):
        found = {}
        for record, affected in self.by_package.get((ecosystem, name.lower()), ()):
            if hits(affected, number):
                found[record["id"]] = record
        # One that a database has too is told once, by the database's name.
        others = {alias for record in found.values() for alias in record.get("aliases", ())}
        return [record for record in found.values() if record["id"] not in others]

    def has(self, ecosystem):
        return self.records.get(ecosystem, 0) >= FEWEST

    def prove(self):
        """That it finds what it must, and only that."""
        if any(compare(a, b) >= 0 for a, b in itertools.combinations(ORDER, 2)) or any(compare(a, b) for a, b in SAME):
            raise Worthless("versions are not compared rightly")
        for ecosystem, (name, bad, good) in CANARIES.items():
            if ecosystem in self.records:
                if not self.has(ecosystem):
                    raise Worthless(f"{self.records[ecosystem]} records of {ecosystem} are too few for a database")
                found, still = ({record["id"] for record in self.findings(ecosystem, name, number)} for number in (bad, good))
                if not found:
                    raise Worthless(f"{name} {bad} is not found: the database or the comparison is broken")
                if found <= still:
                    raise Worthless(f"nothing that {name} {bad} has is closed in {good}: the comparison is broken")


def read_osv(path, database):
    if os.path.isdir(path):
        files = glob.glob(os.path.join(path, "**", "*.json"), recursive=True)
        for file in files:
            with open(file, encoding="utf-8") as stream:
                database.add(json.load(stream))
    else:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    database.add(json.loads(archive.read(name)))


def read_maven_central(database):
    """The columns are CVE, published, summary, package, introduced, fixed, severity, CWEs."""
    group, artifact, number = ON_MAVEN_CENTRAL
    with tempfile.TemporaryDirectory() as folder:
        # Outside this project, whose build it does not concern.
        subprocess.run(
            ["mvn", "--batch-mode", "--quiet", "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy",
             f"-Dartifact={group}:{artifact}:{number}:jar", f"-DoutputDirectory={folder}", "-Dmdep.useBaseVersion=true"],
            cwd=folder, check=True, stdout=sys.stderr)
        with zipfile.ZipFile(os.path.join(folder, f"{artifact}-{number}.jar")) as jar:
            rows = csv.reader(io.TextIOWrapper(jar.open("advisories-maven.csv"), encoding="utf-8"))
            for identifier, published, summary, package, introduced, fixed, *_ in rows:
                events = [{"introduced": introduced or "0"}] + ([{"fixed": fixed}] if fixed else [])
                database.add({"id": identifier, "modified": published, "summary": summary, "affected": [
                    {"package": {"ecosystem": "Maven", "name": package},
                     "ranges": [{"type": "ECOSYSTEM", "events": events}]}]})


def read_own(settings, database):
    for entry in settings.get("advisory", ()):
        database.add({"id": entry["id"], "summary": entry["summary"], "affected": [
            {"package": {"ecosystem": entry.get("ecosystem", "Maven"), "name": name},
             "ranges": [{"type": "ECOSYSTEM", "events": [
                 {"introduced": entry.get("introduced", "0")},
                 {"fixed": entry["fixed"]} if "fixed" in entry else {"last_affected": entry["last_affected"]}]}]}
            for name in entry["packages"]]})


def third_tuesday(year, month):
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(1 - first.weekday()) % 7 + 14)


def expected_jdk(settings, today):
    """The number of OpenJDK's quarterly updates of this feature release, of which each closes vulnerabilities."""
    first = settings["first_update"]
    days = [third_tuesday(year, month) for year in range(first.year, today.year + 1) for month in (1, 4, 7, 10)]
    grace = datetime.timedelta(days=settings["grace_days"])
    return sum(1 for day in days if first <= day <= today - grace)


def components(root):
    bills = sorted(glob.glob(os.path.join(root, BILLS)), key=os.path.getmtime)
    if not bills:
        raise Worthless(f"there is no {BILLS}: run mvn verify first")
    with open(bills[-1], encoding="utf-8") as stream:
        bill = json.load(stream)
    found = []
    for component in bill["components"]:
        if component["type"] == "data":
            continue  # which runs nowhere
        match = re.match(r"pkg:maven/([^/]+)/([^@]+)@([^?]+)", component.get("purl", ""))
        if match and match[1] != "customerservice":
            found.append(("Maven", f"{match[1]}:{match[2]}", match[3]))
        elif component["type"] == "platform":
            found.append(("JDK", component["name"], component["version"]))
    for path in REQUIREMENTS:
        with open(os.path.join(root, path), encoding="utf-8") as stream:
            for name, number in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", stream.read(), re.MULTILINE):
                found.append(("PyPI", name, number))
    if len(found) < 20:
        raise Worthless(f"only {len(found)} components: the bill of materials is not the image's")
    return found


def jdk_findings(settings, number, today):
    feature, update = (int(part) for part in re.match(r"(\d+)\.0\.(\d+)", number + ".0.0").groups())
    if feature != settings["feature"]:
        raise Worthless(f"vulnerabilities.toml is about JDK {settings['feature']}, the image has {number}")
    expected = expected_jdk(settings, today)
    return [{"id": f"JDK-{feature}.0.{missed}", "summary": f"the quarterly update {feature}.0.{missed} is not linked"}
            for missed in range(update + 1, expected + 1)]


def decision(settings, record, package, today):
    names = {record["id"], *record.get("aliases", ())}
    for entry in settings.get("decision", ()):
        if names.intersection(entry["ids"]) and (package in entry["packages"] or "*" in entry["packages"]):
            return entry, entry["until"] >= today
    return None, False


def run(arguments, root=ROOT, out=print):
    with open(os.path.join(root, ".ci", "vulnerabilities.toml"), "rb") as stream:
        settings = tomllib.load(stream)
    today = arguments.at
    database = Database()
    for path in arguments.databases:
        read_osv(path, database)
    if not arguments.databases:
        read_maven_central(database)
    if not database.has("Maven"):
        raise Worthless("there is no database of Maven's packages")
    database.prove()
    newest = datetime.date.fromisoformat(database.newest[:10])
    out(f"{sum(database.records.values())} records, the newest of {newest}: nothing later is known here")
    if arguments.databases and (today - newest).days > OLDEST:
        raise Worthless(f"the databases are {(today - newest).days} days old")
    read_own(settings, database)

    undecided = looked = findings = 0
    unknown = []
    suite = ElementTree.Element("testsuite", name="vulnerabilities")
    for ecosystem, name, number in components(root):
        if ecosystem == "JDK":
            found = jdk_findings(settings["jdk"], number, today)
        elif database.has(ecosystem):
            found = database.findings(ecosystem, name, number)
        else:
            unknown.append(f"{name} {number}")
            continue
        looked += 1
        open_ones = []
        for record in found:
            findings += 1
            entry, holds = decision(settings, record, name, today)
            verdict = "undecided" if entry is None else \
                f"{entry['decision']}, until {entry['until']}" + ("" if holds else ": over")
            out(f"{name} {number}: {record['id']}: {record.get('summary', '')} [{verdict}]")
            if not holds:
                open_ones.append(record["id"])
        undecided += len(open_ones)
        case = ElementTree.SubElement(suite, "testcase", classname="vulnerabilities", name=f"{name} {number}")
        if open_ones:
            ElementTree.SubElement(case, "failure", message=", ".join(open_ones))
    if unknown:
        out(f"not looked at, for there is no database of them: {', '.join(unknown)}")
        if arguments.databases:
            raise Worthless("a release needs a database of each ecosystem")
    suite.set("tests", str(looked))
    suite.set("failures", str(sum(1 for _ in suite.iter("failure"))))
    os.makedirs(os.path.join(root, os.path.dirname(REPORT)), exist_ok=True)
    ElementTree.ElementTree(suite).write(os.path.join(root, REPORT), encoding="utf-8", xml_declaration=True)
    out(f"{looked} components, {findings} findings, {undecided} without a decision that holds")
    return 1 if undecided else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("databases", nargs="*", help="archives or folders of OSV records")
    parser.add_argument("--at", type=datetime.date.fromisoformat, default=datetime.date.today(),
                        help="the day that decisions and updates are judged by (today)")
    try:
        return run(parser.parse_args())
    except (Worthless, OSError, subprocess.CalledProcessError) as e:
        print(f"vulnerabilities: {e}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
