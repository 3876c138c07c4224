"""Adds up every suite's report, prints `N passed, N failed, N skipped`, and fails if a suite ran no test.

The reports are JUnit XML: Surefire's and Failsafe's in each module, and those that the other suites leave in target/ci.
"""
import glob
import sys
import xml.etree.ElementTree as ElementTree

SUITES = {
    "unit and integration tests": "modules/*/target/surefire-reports/TEST-*.xml",
    "tests under load and of deadlines": "modules/*/target/slow-reports/TEST-*.xml",
    "linked image": "runtime-image/target/failsafe-reports/TEST-*.xml",
    "attacks on the linked image": "runtime-image/target/attack-reports/TEST-*.xml",
    "generated requests": "target/ci/fuzz*.xml",
    "generated clients": "target/ci/clients.xml",
    "altered conversations": "target/ci/protocol-fuzz.xml",
    "known vulnerabilities": "target/ci/vulnerabilities.xml",
    "newcomer": "target/ci/newcomer.xml",
    "fleet": "target/ci/fleet.xml",
}


def count(pattern):
    total = failed = skipped = 0
    for path in glob.glob(pattern):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def main():
    sums = [0, 0, 0]
    empty = []
    for name, pattern in SUITES.items():
        counts = count(pattern)
        print(f"{name}: {counts[0]} passed, {counts[1]} failed, {counts[2]} skipped.")
        if sum(counts) == 0:
            empty.append(name)
        sums = [a + b for a, b in zip(sums, counts)]
    for name in empty:
        print(f"{name}: no test ran")
    print(f"{sums[0]} passed, {sums[1] + len(empty)} failed, {sums[2]} skipped")
    return 1 if sums[1] or empty else 0


sys.exit(main())
