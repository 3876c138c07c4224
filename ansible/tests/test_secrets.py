"""Where playbooks get secrets from: each of the three sources, looked up by Ansible as the production inventory has it."""
import base64
import http.server
import json
import os
import pathlib
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

ANSIBLE = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = pathlib.Path(sys.executable).parent
NAMES = ["db_password", "db_migration_password", "db_replication_password", "jwt_keys", "admin_password"]
PATH = "customer-service/production"


@pytest.fixture
def stored():
    keys = json.dumps({"keys": [{"kid": secrets.token_hex(8)}]})
    return {name: secrets.token_hex(8) for name in NAMES} | {"jwt_keys": keys}


def program(name, *arguments, **environment):
    ran = subprocess.run([PROGRAMS / name, *arguments], cwd=ANSIBLE, text=True, capture_output=True, timeout=120,
                         env=os.environ | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}"} | environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def looked_up(source, *arguments, **environment):
    # Encoded, so that the output's own format does not matter.
    template = "{{ [" + ", ".join(f"secret_{name}" for name in NAMES) + "] | to_json | b64encode }}"
    said = program("ansible", "--inventory=inventories/production", "--connection=local", "app1", "--module-name=debug",
                   f"--args=msg={template}", f"--extra-vars=customer_service_secrets_source={source}", *arguments,
                   **environment)
    found = json.loads(base64.b64decode(re.search(r"msg\W+([A-Za-z0-9+/]+=*)", said)[1]))
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in zip(NAMES, found)}


def test_ansible_vault(stored, tmp_path):
    password, file = tmp_path / "password", tmp_path / "vault.json"
    password.write_text(secrets.token_hex(8))
    file.write_text(json.dumps({f"vault_{name}": value for name, value in stored.items()}))
    program("ansible-vault", "encrypt", f"--vault-password-file={password}", str(file))
    assert looked_up("ansible_vault", f"--extra-vars=@{file}", f"--vault-password-file={password}") == stored


def test_aws_secrets_manager(stored):
    """Against a local server that speaks AWS's protocol."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    account = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1",
               "AWS_ENDPOINT_URL": address}
    server = subprocess.Popen([PROGRAMS / "moto_server", "--host=127.0.0.1", f"--port={port}"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_answer(address + "/moto-api/")
        program("python", "-c", "import boto3, sys; boto3.client('secretsmanager').create_secret("
                "Name=sys.argv[1], SecretString=sys.argv[2])", PATH, json.dumps(stored), **account)
        assert looked_up("aws_secrets_manager", **account) == stored
    finally:
        server.kill()
        server.wait()


def test_hashicorp_vault(stored):
    """Against an endpoint that answers as Vault's documentation of KV version 2 says; there is no Vault to be had here."""
    token, asked = secrets.token_hex(8), []

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            known = self.headers["X-Vault-Token"] == token
            answer = {"data": {"data": stored, "metadata": {"version": 1}}} if known else {"errors": ["permission denied"]}
            if self.path.startswith("/v1/auth/token/lookup-self"):
                answer = {"data": {"id": token}}
            body = json.dumps(answer).encode()
            self.send_response(200 if known else 403)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        found = looked_up("hashicorp_vault", VAULT_ADDR=f"http://127.0.0.1:{server.server_port}", VAULT_TOKEN=token)
    finally:
        server.shutdown()
    assert found == stored
    assert f"/v1/secret/data/{PATH}" in asked


def await_answer(address):
    end = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(address, timeout=2).read()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)
