"""What schemathesis loads: credentials for each operation, an address for each case, and a count of what was answered."""
import atexit
import base64
import collections
import itertools
import json
import os
import subprocess
import threading

import requests
import schemathesis

URL, COMMAND, FIGURES = (os.environ["FUZZ_" + name] for name in ("URL", "COMMAND", "FIGURES"))
PASSWORD = "not a secret: fuzz"
numbers, lock = itertools.count(1), threading.Lock()
answers, phases = collections.Counter(), collections.Counter()


def address():
    n = next(numbers)
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def command(*arguments, stdin=""):
    return subprocess.run([COMMAND, *arguments], input=stdin, check=True, text=True, stdout=subprocess.PIPE).stdout


# The cases remove users and service accounts, take roles away and change passwords: whoever signs in again is somebody new.


@schemathesis.auth(refresh_interval=300).apply_to(path_regex="^/v1/(?!auth/)")
class Admin:
    def get(self, case, context):
        name = f"fuzz{next(numbers)}"
        command("user", "add", name, "--role", "admin", stdin=PASSWORD)
        answer = requests.post(f"{URL}/v1/auth/login", json={"username": name, "password": PASSWORD}, timeout=10,
                               headers={"X-Forwarded-For": address()})
        answer.raise_for_status()
        return answer.json()["access_token"]

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.auth(refresh_interval=60).apply_to(path_regex="^/oauth/")
class Client:
    def get(self, case, context):
        said = command("service-account", "add", f"fuzz{next(numbers)}", "--scope", "customers:read")
        words = said.replace("=", " ").replace(":", " ").split()
        pair = words[words.index("client_id") + 1] + ":" + words[words.index("client_secret") + 1]
        return base64.b64encode(pair.encode()).decode()

    def set(self, case, pair, context):
        case.headers["Authorization"] = f"Basic {pair}"


@schemathesis.hook
def before_call(context, case, kwargs):
    # Else failed sign-ins of one case would slow down all that follow.
    case.headers["X-Forwarded-For"] = address()


@schemathesis.hook
def after_call(context, case, response):
    phase = case.meta.phase.name.value if case.meta else "checks"
    with lock:
        phases[phase] += 1
        answers[f"{case.operation.label} {response.status_code}"] += 1


def figures():
    with open(FIGURES, "w") as file:
        json.dump({"phases": phases, "answers": answers}, file)


atexit.register(figures)
