#!/usr/bin/env python3
"""What telling the instances about changes costs those who change: updates per second with it and without, in one run.

    runtime-image/bench/update_rate.py                  # after `mvn package`

pgbench's clients change one row of `customers` per transaction, on a database where a commit takes --commit-delay, as it
does where a standby has to confirm it, while three instances of the linked image ask what has changed. In every round each
of these, one after the other: `told`, as the schema has it; `untold`, with the triggers disabled; `notify`, with a trigger
that calls pg_notify instead. Figures are medians with the least and the greatest. Quiet the machine first.

Needs PostgreSQL's server binaries, pgbench and psql, as startup.py does.
"""
import argparse
import contextlib
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import startup

NOTIFY = """
create function bench_notify() returns trigger language plpgsql as
  $$ begin perform pg_notify('customers_changed', old.id::text); return null; end $$;
create trigger bench_notify after update on customers for each row execute function bench_notify();
alter table customers disable trigger bench_notify;
"""
ROWS = """
insert into customers (id, name, email)
  select gen_random_uuid(), 'Customer ' || n, 'c' || n || '@example.com' from generate_series(1, {rows}) n;
create table bench_ids (n integer primary key, id uuid not null);
insert into bench_ids select row_number() over (), id from customers;
vacuum analyze customers, bench_ids;
"""
UPDATE = """
\\set n random(1, {rows})
update customers set version = version + 1 where id = (select id from bench_ids where n = :n);
"""
TRIGGERS = {
    "told": "alter table customers enable trigger customers_updated; alter table customers disable trigger bench_notify",
    "untold": "alter table customers disable trigger customers_updated; alter table customers disable trigger bench_notify",
    "notify": "alter table customers disable trigger customers_updated; alter table customers enable trigger bench_notify",
}


class Site(startup.Site):
    def psql(self, sql):
        return subprocess.run([*self.client("psql"), "-v", "ON_ERROR_STOP=1", "-qAt"], input=sql, text=True, check=True,
                              capture_output=True, env=self.with_password()).stdout

    def updates_per_second(self, script, clients, seconds):
        said = subprocess.run([*self.client("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2",
                               "-T", str(seconds), "-f", script], text=True, check=True, capture_output=True,
                              env=self.with_password()).stdout
        return float(re.search(r"tps = ([0-9.]+)", said)[1])

    def client(self, program):
        return [str(self.postgres.bin / program), "-h", "127.0.0.1", "-p", str(self.postgres.port), "-U", "bench",
                *(["-d", "postgres"] if program == "psql" else ["postgres"])]

    def with_password(self):
        return {**os.environ, "PGPASSWORD": startup.PASSWORD}

    def another(self):
        """An instance beside the others, with ports of its own."""
        self.port = startup.free_port()
        self.environment |= {"CUSTOMER_SERVICE_SERVER_PORT": str(self.port),
                             "CUSTOMER_SERVICE_MANAGEMENT_PORT": str(startup.free_port())}
        return self.start_server(True)


def measure(site, arguments, script):
    rates = {kind: [] for kind in TRIGGERS}
    for _ in range(arguments.rounds):
        for kind, sql in TRIGGERS.items():
            site.psql(sql)
            rates[kind].append(site.updates_per_second(script, arguments.clients, arguments.seconds))
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=pathlib.Path, default=startup.TARGET / "customer-service")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="of each measurement (10)")
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--commit-delay", type=int, default=2_000, help="in microseconds; 0 for the disk's own (2000)")
    parser.add_argument("--instances", type=int, default=3)
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="customer-service-updates-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, work, ignore_errors=True)
        site = Site(arguments.image.resolve(), work, "256m")
        stack.callback(site.close)
        site.psql(f"alter system set commit_delay = {arguments.commit_delay}")
        site.psql("alter system set commit_siblings = 0")
        site.psql("select pg_reload_conf()")
        site.psql(NOTIFY)
        site.psql(ROWS.format(rows=arguments.rows))
        script = work / "update.sql"
        script.write_text(UPDATE.format(rows=arguments.rows))
        for _ in range(arguments.instances):
            stack.callback(site.end, site.another())
        rates = measure(site, arguments, script)
    print(f"{arguments.clients} clients, {arguments.instances} instances, commit delay {arguments.commit_delay} us, updates/s:")
    for kind, sample in rates.items():
        print(f"{kind:7} {statistics.median(sample):8.0f} [{min(sample):.0f}-{max(sample):.0f}]")
    print(f"told / untold {statistics.median(rates['told']) / statistics.median(rates['untold']):.2f}, "
          f"notify / untold {statistics.median(rates['notify']) / statistics.median(rates['untold']):.2f}")


if __name__ == "__main__":
    sys.exit(main())
