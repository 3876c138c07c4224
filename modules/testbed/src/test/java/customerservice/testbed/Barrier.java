package customerservice.testbed;

import customerservice.testsupport.Await;

/**
 * Stands in for slow statements: whoever stores a customer of a certain name waits inside of the database, holding a
 * connection, until the barrier is opened. Closed from the beginning. Statements that wait are subject to the service's
 * statement_timeout.
 */
final class Barrier {

    /** The name of customers that are held up. */
    static final String NAME = "Held up";

    private final TestDatabase database;

    Barrier(TestDatabase database) {
        this.database = database;
        // The lock is there to be counted.
        database.execute("""
                create table barrier as select true as closed;
                create function wait_at_barrier() returns trigger language plpgsql security definer as $$
                begin
                  perform pg_advisory_xact_lock_shared(1);
                  while exists (select from barrier) loop
                    perform pg_sleep(0.01);
                  end loop;
                  return new;
                end $$;
                create trigger wait_at_barrier before insert on customers
                  for each row when (new.name = '%s') execute function wait_at_barrier()""".formatted(NAME));
    }

    /** Returns when so many statements wait. */
    void awaitHeldUp(int statements) {
        Await.until(statements + " statements are held up", () -> database.number("""
                select count(*) from pg_locks join pg_database on pg_database.oid = database
                where datname = current_database() and locktype = 'advisory'""") == statements);
    }

    /** For good. */
    void open() {
        database.execute("delete from barrier");
    }
}
