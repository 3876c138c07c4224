"""What systemd does about an instance that dies or hangs."""
import time

import releases

# Kills the process, and asks the instance on its own host until it answers; prints milliseconds.
KILL_AND_ASK = """
import os, signal, socket, ssl, subprocess, time
pid = int(subprocess.check_output(["systemctl", "show", "-p", "MainPID", "--value", "customer-service"]))
tls = ssl.create_default_context(cafile="/etc/customer-service/ca.crt")
os.kill(pid, signal.SIGKILL)
died = time.monotonic()
while time.monotonic() < died + 30:
    try:
        with socket.create_connection(("app1", 8080), 1) as plain, tls.wrap_socket(plain, server_hostname="app1") as connection:
            connection.sendall(b"GET /health/ready HTTP/1.1\\r\\nHost: app1\\r\\nConnection: close\\r\\n\\r\\n")
            if b" 200 " in connection.recv(200):
                break
    except OSError:
        pass
    time.sleep(0.02)
print(round((time.monotonic() - died) * 1000))
"""


def main_pid(site, host):
    return int(site.run(host, "systemctl show -p MainPID --value customer-service").stdout)


def test_a_killed_process_is_restarted_and_serves_again(site):
    killed = main_pid(site, "app1")
    took = int(site.python("app1", KILL_AND_ASK))
    print(f"served again after {took} ms")
    assert took < 10_000  # a limit for what never comes: how long it takes is the machine's, which others share
    assert main_pid(site, "app1") not in (killed, 0)


def test_a_process_that_hangs_is_replaced_by_the_watchdog(site):
    hanging = main_pid(site, "app1")
    since = int(site.run("app1", "date +%s").stdout)
    site.run("app1", f"kill -STOP {hanging}")
    begun = time.monotonic()
    while main_pid(site, "app1") in (hanging, 0):
        assert time.monotonic() < begun + 60
        time.sleep(0.5)
    print(f"replaced after {time.monotonic() - begun:.1f} s")
    site.await_state("UP")
    log = site.run("app1", f"journalctl -u customer-service --since @{since} -o cat --no-pager").stdout
    assert "Watchdog timeout" in log


# The unit as it is, but for what it runs: the service with a hook that dead-locks it.
HOOK = """[Service]
ExecStart=
ExecStart=/opt/customer-service/current/bin/java @/opt/customer-service/current/lib/jvm.options \\
    --module-path /opt/customer-service/deadlock.jar --add-modules customerservice.app \\
    --add-exports customerservice.app/customerservice.app=customerservice.deadlock \\
    -m customerservice.deadlock/customerservice.deadlock.Deadlock /var/lib/customer-service/deadlock serve
"""


def test_a_process_that_is_dead_locked_is_replaced_by_the_watchdog_and_leaves_its_threads_in_the_journal(site, tmp_path):
    drop_in = "/etc/systemd/system/customer-service.service.d/90-deadlock.conf"
    site.copy(releases.deadlock_hook(tmp_path), "app1", "/opt/customer-service/deadlock.jar")
    try:
        site.run("app1", f"cat > {drop_in} <<'END'\n{HOOK}END\nsystemctl daemon-reload; systemctl restart customer-service",
                 timeout=90)
        site.await_state("UP")
        hanging, since = main_pid(site, "app1"), int(site.run("app1", "date +%s").stdout)
        with site.load(rate=100):
            site.run("app1", "touch /var/lib/customer-service/deadlock")
            begun = time.monotonic()
            noticed = site.await_state("DOWN", ["app1"], limit=15)
            site.run("app1", "rm /var/lib/customer-service/deadlock")
            while main_pid(site, "app1") in (hanging, 0):
                assert time.monotonic() < begun + 60
                time.sleep(0.5)
            print(f"noticed by the balancer after {noticed:.1f} s, replaced after {time.monotonic() - begun:.1f} s")
            site.await_state("UP")
        log = site.run("app1", f"journalctl -u customer-service --since @{since} -o cat --no-pager").stdout
        assert "Watchdog timeout" in log
        assert "customerservice.deadlock.Deadlock$One" in log
    finally:
        site.run("app1", f"rm -f {drop_in} /opt/customer-service/deadlock.jar /var/lib/customer-service/deadlock; "
                         "systemctl daemon-reload; systemctl reset-failed customer-service; systemctl restart customer-service",
                 timeout=90)
    site.await_state("UP")


def test_a_crash_loop_ends_as_failed_with_a_line_for_alerts_and_the_others_serve(site):
    since = int(site.run("app1", "date +%s").stdout)
    try:
        site.run("app1", """end=$(($(date +%s) + 60))
            while [ $(date +%s) -lt $end ] && ! systemctl is-failed --quiet customer-service; do
                systemctl kill --signal=SIGKILL customer-service 2>/dev/null; sleep 0.1
            done""", timeout=90)
        assert site.run("app1", "systemctl is-failed customer-service", check=False).stdout.strip() == "failed"
        time.sleep(1)
        lines = site.run("app1", f"journalctl -p crit --since @{since} -o cat --no-pager").stdout
        assert "customer-service.service has failed and is not started again" in lines
        site.await_state("DOWN", ["app1"])
        with site.load(rate=100) as load:
            time.sleep(5)
        assert load["failed"] == 0, load
    finally:
        site.run("app1", "systemctl reset-failed customer-service; systemctl start customer-service")
