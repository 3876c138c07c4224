"""Releases for tests, made of a built one: the next version, which expands the schema, and ones that are no good."""
import contextlib
import glob
import hashlib
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOME = "/opt/customer-service/releases"
MIGRATIONS = "META-INF/db"
# What the next version's schema has more: the first half of expand and contract.
EXPANSION = """
--changeset customer-service:9999-expansion splitStatements:true
set local lock_timeout = '3s';
alter table customers add column loyalty_number text;
create index customers_loyalty_number on customers (loyalty_number);
"""
# What each does wrong: for which command of the service, and the shell's text that is run instead.
BAD = {
    "crashes": ("serve", "echo 'this release crashes' >&2; exit 3"),
    "is-never-ready": ("serve", 'exec "$here/sleep" 600'),
    # Starts, and says that it is another version than its name does: a tarball in which the wrong thing was packed.
    "fails-its-smoke-test": ("serve", 'exec "$here/jvm" "$@"'),
    "fails-to-migrate": ("migrate", "echo 'this migration fails' >&2; exit 1"),
}


def version_of(tarball):
    return re.fullmatch(r"customer-service-(.+)\.tar\.gz", os.path.basename(tarball))[1]


def next_version(tarball, version, folder):
    """The same programs, which say that they are of another version, and need one more column."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = unpack(tarball, scratch, version)
        built = built_properties(tree)
        app = tree / "patch/app/customerservice/app"
        app.mkdir(parents=True)
        (app / "build.properties").write_text(re.sub(r"(?m)^version=.*$", f"version={version}", built))
        persistence = tree / "patch/persistence"
        (persistence / MIGRATIONS).mkdir(parents=True)
        migrations = read_resource(tree, "customerservice.persistence", f"{MIGRATIONS}/0002-users.sql", scratch)
        (persistence / MIGRATIONS / "0002-users.sql").write_text(migrations + EXPANSION)
        (persistence / MIGRATIONS / "expected-migrations.txt").write_text(checksums(tree, persistence, scratch))
        # Read by all that starts a JVM of this release. It costs the release its AOT cache, so it starts more slowly.
        home = f"{HOME}/{version}/patch"
        with open(tree / "lib/jvm.options", "a") as options:
            options.write(f"\n--patch-module customerservice.app={home}/app\n"
                          f"--patch-module customerservice.persistence={home}/persistence\n"
                          "-Xlog:disable\n-Xlog:all=error:stderr\n")
        return pack(tree, version, folder)


def checksums(tree, patch, scratch):
    """Of the release's own migrations and those in a patch, as its own Liquibase computes them."""
    classes = compiled("checksums", scratch)
    return subprocess.run(
        [str(tree / "bin/java"), "--patch-module", f"customerservice.persistence={patch}{os.pathsep}{classes}",
         "-m", "customerservice.persistence/customerservice.persistence.schema.Checksums"],
        check=True, timeout=60, text=True, capture_output=True).stdout


def jdk_tool(name):
    """Of the newest JDK on this machine, as Maven finds it too; the one on the path may be too old for a release."""
    homes = {pathlib.Path(home).resolve() for home in [os.environ.get("JAVA_HOME", ""), *glob.glob("/usr/lib/jvm/*")] if home}
    versions = {}
    for home in homes:
        with contextlib.suppress(OSError):
            versions[home] = int(re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())[1])
    return str(max(versions, key=versions.get) / "bin" / name)


def compiled(name, scratch):
    """The folder with the classes of java/NAME."""
    classes = pathlib.Path(scratch) / f"{name}-classes"
    subprocess.run([jdk_tool("javac"), "-d", str(classes), *map(str, (HERE / "java" / name).glob("*.java"))], check=True, timeout=120)
    return str(classes)


def deadlock_hook(folder):
    """A JAR whose main class runs the service until it dead-locks it."""
    jar = pathlib.Path(folder) / "deadlock.jar"
    subprocess.run([jdk_tool("jar"), "--create", f"--file={jar}", "-C", compiled("deadlock", folder), "."], check=True, timeout=60)
    return jar


def read_resource(tree, module, path, scratch):
    extracted = pathlib.Path(scratch) / "modules"
    subprocess.run([jdk_tool("jimage"), "extract", f"--dir={extracted}", f"--include=regex:/{re.escape(module)}/{re.escape(path)}",
                    str(tree / "lib/modules")], check=True, timeout=60, stdout=subprocess.DEVNULL)
    return (extracted / module / path).read_text()


def bad(version, kind):
    """The version of a release that is no good, and the shell's text that makes it on a host, of one that is there; by hard links, as a
    copy of all would take longer than what is tested."""
    name = f"{version}-{kind}"
    command, does = BAD[kind]
    # In the unit's sandbox nothing can be executed but what is in a release; so its shell is too.
    return name, f"""
set -e
cd {HOME} && rm -rf {name} && cp -al {version} {name} && cd {name}/bin && mv java jvm && cp /bin/dash sh && cp /bin/sleep sleep
rm -f ../tarball.sha256
cat > java <<'END'
#!{HOME}/{name}/bin/sh
here={HOME}/{name}/bin
case " $* " in *" {command} "*) {does} ;; esac
exec "$here/jvm" "$@"
END
chmod 755 java"""


def unpack(tarball, scratch, version):
    tree = pathlib.Path(scratch) / f"customer-service-{version}"
    tree.mkdir()
    subprocess.run(["tar", "--extract", "--gzip", f"--file={tarball}", f"--directory={tree}", "--strip-components=1"],
                   check=True, timeout=120)
    return tree


def pack(tree, version, folder):
    tarball = pathlib.Path(folder) / f"customer-service-{version}.tar.gz"
    # The same each time it is made: another tarball of a version that the hosts have is refused.
    subprocess.run(["tar", "--create", "--use-compress-program=gzip -1", f"--file={tarball}", f"--directory={tree.parent}",
                    "--owner=0", "--group=0", "--sort=name", "--mtime=@946684800", tree.name], check=True, timeout=120)
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    tarball.with_name(tarball.name + ".sha256").write_text(f"{digest}  {tarball.name}\n")
    return str(tarball)


def built_properties(tree):
    said = subprocess.run([str(tree / "bin/customer-service"), "version"], check=True, timeout=60, text=True,
                          capture_output=True).stdout
    commit, time = re.search(r"(?m)^commit (\S+), (\S+)$", said).groups()
    return f"version=\ncommit={commit}\ncommit-time={time}\n"


def new_keys(tarball):
    """Content of a jwt-keys.json."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = unpack(tarball, scratch, "keys")
        return subprocess.run([str(tree / "bin/customer-service"), "keys", "generate"], check=True, timeout=60, text=True,
                              capture_output=True).stdout


def replaced_keys(tarball, content):
    """What `keys replace` makes of the content of a jwt-keys.json."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = unpack(tarball, scratch, "keys")
        file = pathlib.Path(scratch) / "jwt-keys.json"
        file.write_text(content)
        subprocess.run([str(tree / "bin/customer-service"), "keys", "replace", "--yes", "--file", str(file)], check=True,
                       timeout=60, capture_output=True)
        return file.read_text()
