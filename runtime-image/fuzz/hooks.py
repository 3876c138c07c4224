"""What schemathesis loads: credentials for each operation, an address for each case, a check, and a count of the answers."""
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
numbers, turns, lock = itertools.count(1), itertools.count(1), threading.Lock()
answers, phases = collections.Counter(), collections.Counter()


def address():
    n = next(numbers)
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


def command(*arguments, stdin=""):
    return subprocess.run([COMMAND, *arguments], input=stdin, check=True, text=True, stdout=subprocess.PIPE).stdout


def phase(case):
    return case.meta.phase.name.value if case.meta else "checks"


# The cases remove users and service accounts, take roles away and change passwords: whoever signs in again is somebody new,
# long before an access token (15 minutes) expires.


@schemathesis.auth(refresh_interval=300).apply_to(path_regex="^/v1/(?!auth/)")
class AccessToken:
    def get(self, case, context):
        return {role: self.sign_in(role) for role in ("admin", "viewer")}

    def sign_in(self, role):
        name = f"fuzz{next(numbers)}"
        command("user", "add", name, "--role", role, stdin=PASSWORD)
        answer = requests.post(f"{URL}/v1/auth/login", json={"username": name, "password": PASSWORD}, timeout=10,
                               headers={"X-Forwarded-For": address()})
        answer.raise_for_status()
        return answer.json()["access_token"]

    def set(self, case, tokens, context):
        # A tenth of the fuzzed requests come from somebody who may do less.
        role = "viewer" if phase(case) == "fuzzing" and next(turns) % 10 == 0 else "admin"
        case.headers["Authorization"] = f"Bearer {tokens[role]}"


@schemathesis.auth(refresh_interval=60).apply_to(path_regex="^/oauth/")
class Client:
    def get(self, case, context):
        said = command("service-account", "add", f"fuzz{next(numbers)}", "--scope", "customers:read",
                       "--scope", "tokens:introspect")
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
    with lock:
        phases[phase(case)] += 1
        answers[f"{case.operation.label} {response.status_code}"] += 1


# What schemathesis.toml lets the service answer to data that fits the schema: for these reasons only.
REASONS = {
    "createCustomer": {"/problems/idempotency-key-reused"},
    "getCustomer": {"/problems/version-mismatch"},
    "updateCustomer": {"required", "too_many", "/problems/version-mismatch"},
    "replaceCustomer": {"/problems/version-mismatch"},
    "eraseCustomer": {"/problems/version-mismatch"},
    "addUser": {"too_common"},
    "changePassword": {"too_common", "unknown_field", "required"},
    "issueToken": {"invalid_grant", "invalid_request", "invalid_scope"},
    "introspectToken": {"invalid_request"},
    "revokeToken": {"invalid_grant", "invalid_request", "unsupported_token_type"},
} | dict.fromkeys(("listCustomers", "getCustomerHistory", "listUsers", "listServiceAccounts", "listAuditEntries"),
                  {"invalid_cursor"})


@schemathesis.check
def refusals_have_their_reason(context, response, case):
    positive = case.meta and case.meta.generation.mode.is_positive
    if not positive or response.status_code not in (400, 412, 422):
        return
    said = json.loads(response.content)
    given = {said["error"]} if "error" in said else {e["code"] for e in said.get("errors", [])} or {said["type"]}
    other = given - REASONS.get(case.operation.definition.raw.get("operationId"), set())
    if other:
        raise AssertionError(f"data that fits the schema is refused for {', '.join(sorted(other))}")


def figures():
    with open(FIGURES, "w") as file:
        json.dump({"phases": phases, "answers": answers}, file)


atexit.register(figures)
