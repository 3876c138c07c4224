#!/usr/bin/env python3
"""Lints the document that the linked image serves, and uses it as its readers do: generates a client for each of four
languages, compiles it, and walks through the API with it. Then stock libraries of OAuth 2.0 do what relying parties do.

    .ci/clients                         # after `mvn package`; part of .ci/run
    .ci/clients --only go --keep DIR    # keep what was generated
    .ci/clients --only authlib          # one library

Every statement of a walkthrough is a test. Leaves JUnit XML in target/ci/clients.xml.
"""
import argparse
import contextlib
import glob
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
import venv
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "bench"), str(HERE.parent / "fuzz")]
import fuzz  # noqa: E402
import relying_parties  # noqa: E402
import startup  # noqa: E402

LANGUAGES = ("java", "typescript", "python", "go")
PATIENCE = 600  # seconds, for one program


class Failed(Exception):
    pass


def run(command, **options):
    """What it prints, both streams."""
    ended = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           stdin=subprocess.DEVNULL, timeout=PATIENCE, **options)
    if ended.returncode:
        raise Failed(f"{command[0]} ended with {ended.returncode}: {ended.stdout[-3000:]}")
    return ended.stdout


def jdk():
    """The newest on this machine, as Maven's toolchains find it."""
    versions = {}
    for home in filter(None, [os.environ.get("JAVA_HOME"), *glob.glob("/usr/lib/jvm/*")]):
        with contextlib.suppress(OSError, TypeError):
            if pathlib.Path(home, "bin/javac").exists():
                versions[home] = int(re.search(r'JAVA_VERSION="(\d+)', pathlib.Path(home, "release").read_text())[1])
    return pathlib.Path(max(versions, key=versions.get))


class Tools:
    """Those of tools.toml, kept from run to run under a hash of their versions."""

    def __init__(self, cache):
        pins = (HERE / "tools.toml").read_text()
        self.folder = cache / hashlib.sha256((sys.version + pins).encode()).hexdigest()[:12]
        self.generator = self.folder / "openapi-generator-cli.jar"
        self.jdk = jdk()
        self.environment = {
            **os.environ, "JAVA_HOME": str(self.jdk), "VIRTUAL_ENV": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": f"{self.folder}/bin:{self.folder}/node_modules/.bin:{self.jdk}/bin:{os.environ['PATH']}",
            "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod -buildvcs=false",
            "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
        if not (self.folder / "complete").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.install(tomllib.loads(pins))
            (self.folder / "complete").touch()

    def install(self, pins):
        print("installing", *(f"{name} {version}" for kind in pins.values() for name, version in kind.items()), sep="\n  ", flush=True)
        venv.create(self.folder, with_pip=True)
        self("pip", "install", "--quiet", "--disable-pip-version-check", *(f"{n}=={v}" for n, v in pins["python"].items()))
        self("npm", "install", "--prefix", self.folder, "--silent", "--ignore-scripts", "--no-save", "--no-package-lock",
             *(f"{n}@{v}" for n, v in pins["node"].items()))
        self("mvn", "--quiet", "--batch-mode", pins["maven"]["fetch"] + ":copy", f"-Dartifact={pins['maven']['generator']}",
             f"-DoutputDirectory={self.folder}", "-Dmdep.stripVersion=true")
        (self.folder / "pom.xml").write_text(relying_parties.pom(pins["libraries"]))
        self("mvn", "--quiet", "--batch-mode", pins["maven"]["fetch"] + ":copy-dependencies", f"-DoutputDirectory={self.folder}/lib-java")

    def __call__(self, *command, cwd=None, **environment):
        return run(command, cwd=cwd or self.folder, env=self.environment | environment)


class Client:
    """One language's: each method takes a step on the way from the document to the walkthrough's report."""

    def __init__(self, language, tools, work):
        self.language, self.tools, self.folder, self.source = language, tools, work / language, HERE / language
        self.generated = self.folder / "client"

    def generate(self, document):
        self.folder.mkdir()
        self.tools("java", "-XX:TieredStopAtLevel=1", "-jar", self.tools.generator, "generate", "-i", document,
                   "-c", self.source / "generator.yaml", "-o", self.generated)

    def models(self):
        """The classes that the document's schemas became, without what is of the generator itself."""
        folder, pattern = {"java": ("src/main/java/customerservice/client/model", r"(?!AbstractOpenApiSchema)(\w+)\.java"),
                           "typescript": ("models", r"(?!index)(\w+)\.ts"), "python": ("customer_service/models", r"([a-z]\w*)\.py"),
                           "go": ("", r"model_(\w+)\.go")}[self.language]
        found = (re.fullmatch(pattern, name) for name in os.listdir(self.generated / folder))
        return {match[1].replace("_", "").lower() for match in found if match}

    def compile(self):
        getattr(self, "compile_" + self.language)()

    def compile_java(self):
        self.tools("mvn", "--quiet", "--batch-mode", "-Dmaven.test.skip", "-Dmaven.javadoc.skip", "-Dmaven.source.skip", "package",
                   cwd=self.generated)
        self.tools("javac", "-Xlint:all,-path,-processing", "-Werror", "-cp", self.classpath(), "-d", self.folder / "out",
                   self.source / "Walkthrough.java")

    def classpath(self):
        return os.pathsep.join(map(str, [self.generated / "target/classes", self.generated / "target/lib/*", self.folder / "out"]))

    def compile_typescript(self):
        for file in (self.source / "walkthrough.ts", self.source / "tsconfig.json", HERE / "tap.ts"):
            shutil.copy(file, self.folder)
        (self.folder / "package.json").write_text('{"type": "module"}')
        (self.folder / "node_modules").symlink_to(self.tools.folder / "node_modules")
        self.tools("tsc", "--project", self.folder)

    def compile_python(self):
        self.tools("python", "-W", "error", "-m", "compileall", "-q", self.generated / "customer_service",
                   PYTHONPYCACHEPREFIX=str(self.folder / "out"))

    def compile_go(self):
        """As a module that requires the client's."""
        self.tools("go", "mod", "edit", "-module=customerservice", cwd=self.generated)
        shutil.copy(self.source / "walkthrough.go", self.folder)
        self.tools("go", "mod", "init", "walkthrough", cwd=self.folder)
        self.tools("go", "mod", "edit", "-require=customerservice@v0.0.0", "-replace=customerservice=./client", cwd=self.folder)
        self.tools("go", "build", "-o", "walkthrough", ".", cwd=self.folder)

    def walk(self, environment):
        command = {"java": ["java", "-cp", self.classpath(), "Walkthrough"],
                   "typescript": ["node", self.folder / "out/walkthrough.js"],
                   "python": ["python", "-W", "error", self.source / "walkthrough.py"],
                   "go": [self.folder / "walkthrough"]}[self.language]
        return self.tools(*command, cwd=self.folder, PYTHONPATH=os.pathsep.join(map(str, [self.generated, HERE])), **environment)


class Report:
    def __init__(self):
        self.suite = ElementTree.Element("testsuite", name="clients")
        self.failures = 0

    def add(self, name, failure=""):
        case = ElementTree.SubElement(self.suite, "testcase", name=name)
        if failure:
            self.failures += 1
            ElementTree.SubElement(case, "failure", message=failure[:3000])
        print(f"failed: {name}: {failure}" if failure else f"passed: {name}", flush=True)
        return not failure

    def test(self, name, call, *arguments):
        begun = time.monotonic()
        try:
            call(*arguments)
            passed = self.add(name)
        except Exception as failure:  # whatever it is, the other tests and the report still follow
            passed = self.add(name, str(failure) or repr(failure))
        self.suite[-1].set("time", f"{time.monotonic() - begun:.1f}")
        return passed

    def walkthrough(self, language, printed):
        """The lines of TAP; those that are missing have failed as well."""
        planned = re.search(r"(?m)^1\.\.(\d+)$", printed)
        lines = re.findall(r"(?m)^(not )?ok \d+ - (\w+)(.*)$", printed)
        for failed, step, why in lines:
            self.add(f"{language}: {step}", (why or "failed") if failed else "")
        if not planned or len(lines) != int(planned[1]) or not lines:
            raise Failed(f"{len(lines)} steps of {planned and planned[1]}: {printed[-1000:]}")

    def write(self):
        self.suite.attrib.update(tests=str(len(self.suite)), failures=str(self.failures), errors="0", skipped="0")
        (ROOT / "target" / "ci").mkdir(parents=True, exist_ok=True)
        ElementTree.ElementTree(self.suite).write(ROOT / "target" / "ci" / "clients.xml")


def lint(tools, document):
    printed = tools("redocly", "lint", "--extends", "recommended", "--format", "json", document)
    told, _ = json.JSONDecoder().raw_decode(printed, printed.index("{"))
    if told["totals"]["errors"] or told["totals"]["warnings"]:
        raise Failed("; ".join(f"{p['ruleId']}: {p['message']} {p['location'][0].get('pointer')}" for p in told["problems"]))


def names_are_the_documents(client, schemas):
    """A generator names what has no name after the place where it is, such as ChangeChangesInner."""
    made_up = client.models() - schemas
    if made_up or not client.models():
        raise Failed(f"not named by the document: {sorted(made_up)}")


def schemas_of(document):
    components = document[document.index("\n  schemas:\n"):]
    return {name.lower() for name in re.findall(r"(?m)^    (\w+):$", components)}


def all_of(languages, other, tools, site, work, report):
    url = f"http://127.0.0.1:{site.port}"
    document = work / "openapi.yaml"
    if other:
        shutil.copy(other, document)
    else:
        with urllib.request.urlopen(url + "/openapi.yaml", timeout=10) as answer:
            document.write_bytes(answer.read())
    schemas = schemas_of(document.read_text())
    environment = {"CUSTOMER_SERVICE_URL": url, "CUSTOMER_SERVICE_USER": "bench", "CUSTOMER_SERVICE_PASSWORD": startup.PASSWORD}
    report.test("the document passes Redocly's recommended rules", lint, tools, document)
    for language in languages:
        client = Client(language, tools, work)
        if (report.test(f"{language}: a client is generated", client.generate, document)
                and report.test(f"{language}: its classes have the document's names", names_are_the_documents, client, schemas)
                and report.test(f"{language}: it compiles", client.compile)):
            report.test(f"{language}: the walkthrough reaches its end",
                        lambda: report.walkthrough(language, client.walk(environment)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=startup.TARGET / "customer-service")
    parser.add_argument("--only", choices=LANGUAGES + relying_parties.LIBRARIES, action="append",
                        help="this language or library (all); may be given again")
    parser.add_argument("--document", type=pathlib.Path, help="another one than that of the image")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder that is not there yet, for what is generated")
    parser.add_argument("--cache", type=pathlib.Path, help="where the tools are kept from run to run",
                        default=pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "customer-service/clients")
    arguments = parser.parse_args()
    begun, report = time.monotonic(), Report()
    tools = Tools(arguments.cache.resolve())
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-clients-"))
    site = process = None
    try:
        os.chmod(work, 0o755)
        if "PG_BIN" not in os.environ and (binaries := fuzz.postgres_of_the_tests(work)):
            os.environ["PG_BIN"] = str(binaries)
        site = startup.Site(arguments.image.resolve(), work, "256m")
        process = site.start_server(True)
        only = arguments.only or LANGUAGES + relying_parties.LIBRARIES
        languages, libraries = ([name for name in names if name in only] for names in (LANGUAGES, relying_parties.LIBRARIES))
        if languages:
            all_of(languages, arguments.document, tools, site, work, report)
        if libraries:
            relying_parties.all_of(libraries, tools, site, HERE / "relying-parties", work, report)
        report.write()
        print(f"{len(report.suite) - report.failures} passed, {report.failures} failed; {time.monotonic() - begun:.0f} s")
        return 1 if report.failures else 0
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
        if site:
            site.close()
        if arguments.keep:
            shutil.copytree(work, arguments.keep, symlinks=True, ignore=shutil.ignore_patterns("data", "postgres", "credentials"))
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
