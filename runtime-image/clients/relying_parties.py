"""Stock libraries of OAuth 2.0, with nothing but the issuer's URL, against an instance that speaks TLS: they discover the
endpoints, get and refresh tokens, verify and introspect them. The programs are in relying-parties; see clients.py."""
import contextlib
import json
import os
import shutil
import ssl
import subprocess
import time
import urllib.request

import startup

AUDIENCE = "customer-service"


def pom(libraries):
    """For Maven to find out what they depend on."""
    names = [(*name.split(":"), version) for name, version in libraries.items()]
    dependencies = "".join(f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>"
                           for group, artifact, version in names)
    return ("<project><modelVersion>4.0.0</modelVersion><groupId>customerservice</groupId><artifactId>relying-parties</artifactId>"
            f"<version>1</version><packaging>pom</packaging><dependencies>{dependencies}</dependencies></project>")


class Issuer:
    """Another instance of the site, as its clients know it: by TLS, and a URL of its own."""

    def __init__(self, site, tools, sources, work):
        port, credentials = startup.free_port(), work / "credentials"
        self.url, self.certificate = f"https://localhost:{port}", credentials / "tls.crt"
        tools("python", sources / "certificate.py", credentials)
        self.trust = ssl.create_default_context(cafile=self.certificate)
        environment = site.environment | {
            "CUSTOMER_SERVICE_SERVER_PORT": str(port), "CUSTOMER_SERVICE_MANAGEMENT_PORT": str(startup.free_port()),
            "CUSTOMER_SERVICE_SERVER_TLS": "true", "CUSTOMER_SERVICE_SERVER_PUBLIC_URL": self.url,
            "CUSTOMER_SERVICE_JVM_OPTIONS": site.heap}
        self.log = open(work / "issuer.log", "w+")
        self.process = subprocess.Popen([site.image / "bin/customer-service", "serve"], stdout=self.log, stderr=self.log,
                                        env=environment)

    def await_ready(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError), self.call("/health/ready"):
                return
            time.sleep(0.01)
        self.log.seek(0)
        raise AssertionError("the issuer does not become ready; it says:\n" + self.log.read())

    def call(self, path, body=None, **headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"} | headers)
        return urllib.request.urlopen(request, timeout=10, context=self.trust)

    def post(self, path, body, **headers):
        with self.call(path, body, **headers) as answer:
            return json.load(answer)

    def sign_in(self):
        return self.post("/v1/auth/login", {"username": "bench", "password": startup.PASSWORD})

    def close(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def authlib(_tools, sources, _folder, _certificate):
    return ["python", "-W", "error", sources / "authlib_walkthrough.py"]


def oauth4webapi(tools, sources, folder, _certificate):
    """Node.js looks for packages beside the program."""
    for file in (sources / "oauth4webapi_walkthrough.ts", sources.parent / "tap.ts"):
        shutil.copy(file, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(tools.folder / "node_modules")
    return ["node", "oauth4webapi_walkthrough.ts"]


def spring_security(tools, sources, folder, certificate):
    path = os.pathsep.join(map(str, [tools.folder / "lib-java/*", folder]))
    tools("javac", "-Xlint:all,-path,-processing,-classfile", "-Werror", "-cp", path, "-d", folder,
          sources / "SpringSecurityWalkthrough.java")
    tools("keytool", "-importcert", "-noprompt", "-file", certificate, "-keystore", folder / "trust", "-storepass", "changeit")
    trust = [f"-Djavax.net.ssl.trustStore={folder / 'trust'}", "-Djavax.net.ssl.trustStorePassword=changeit"]
    return ["java", "-XX:TieredStopAtLevel=1", *trust, "-cp", path, "SpringSecurityWalkthrough"]


PROGRAMS = {"authlib": authlib, "oauth4webapi": oauth4webapi, "spring-security": spring_security}
LIBRARIES = tuple(PROGRAMS)


def walk(library, issuer, tools, sources, work):
    """No library signs people in by password; the first refresh token is got without one."""
    person = issuer.sign_in()
    account = issuer.post("/v1/service-accounts", {"name": library, "scopes": ["customers:read", "tokens:introspect"]},
                          Authorization="Bearer " + person["access_token"])
    folder = work / library
    folder.mkdir()
    command = PROGRAMS[library](tools, sources, folder, issuer.certificate)
    return tools(*command, cwd=folder, CUSTOMER_SERVICE_ISSUER=issuer.url, CUSTOMER_SERVICE_AUDIENCE=AUDIENCE,
                 CUSTOMER_SERVICE_CLIENT_ID=account["client_id"], CUSTOMER_SERVICE_CLIENT_SECRET=account["client_secret"],
                 CUSTOMER_SERVICE_REFRESH_TOKEN=person["refresh_token"],
                 PYTHONPATH=str(sources.parent),
                 REQUESTS_CA_BUNDLE=str(issuer.certificate), NODE_EXTRA_CA_CERTS=str(issuer.certificate))


def all_of(libraries, tools, site, sources, work, report):
    with contextlib.closing(Issuer(site, tools, sources, work)) as issuer:
        if report.test("the issuer becomes ready", issuer.await_ready):
            for library in libraries:
                report.test(f"{library}: the walkthrough reaches its end",
                            lambda: report.walkthrough(library, walk(library, issuer, tools, sources, work)))
