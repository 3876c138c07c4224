package customerservice.persistence.schema;

import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.DatabaseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liquibase.ChecksumVersion;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.parser.core.formattedsql.FormattedSqlChangeLogParser;
import liquibase.ui.LoggerUIService;

/**
 * Brings the schema up to date. Nothing else in this module touches Liquibase, which serving must never load.
 *
 * <p>Of Liquibase it uses the parser for formatted SQL, the record of what was applied and the lock, but not the command
 * framework around them, which prints a summary, waits for locks aloud and calls home.
 */
public final class Migrations {

    private static final System.Logger LOGGER = System.getLogger(Migrations.class.getName());

    private static final List<String> CHANGELOGS = List.of("META-INF/db/0001-customers.sql",
            "META-INF/db/0002-users.sql",
            "META-INF/db/0003-service-accounts.sql",
            "META-INF/db/0004-refresh-tokens.sql",
            "META-INF/db/0005-sign-in-history.sql",
            "META-INF/db/0006-audit-filters.sql",
            "META-INF/db/0007-change-outbox.sql",
            "META-INF/db/0008-renewed-hashes.sql",
            "META-INF/db/0009-forget-failed-attempts.sql",
            "META-INF/db/0010-list-filters.sql",
            "META-INF/db/0011-keys-in-byte-order.sql",
            "META-INF/db/0012-unspent-refresh-tokens.sql",
            "META-INF/db/0013-unused-indexes.sql");

    private static final Duration LOCK_WAIT = Duration.ofSeconds(60);
    private static final Duration LOCK_POLL = Duration.ofMillis(500);

    private static final String LOCK_KEY = "hashtextextended('customer-service migrate', 0)";

    private static final String OTHER_RUN = """
            select ': process ' || pid || ' of the database server'
              || coalesce(' (' || nullif(application_name, '') || ')', '')
              || coalesce(', connected since ' || to_char(backend_start at time zone 'utc', form), '')
              || coalesce(', ' || state, '')
              || coalesce(', last statement begun at ' || to_char(query_start at time zone 'utc', form), '')
            from pg_locks join pg_stat_activity using (pid),
              (values ('YYYY-MM-DD"T"HH24:MI:SS"Z"')) as times (form)
            where locktype = 'advisory' and granted and objsubid = 1
              and pg_locks.database = (select oid from pg_database where datname = current_database())
              and (classid::bigint << 32 | objid::bigint) = %s
            """.formatted(LOCK_KEY);

    private Migrations() {}

    /**
     * Applies what is pending as a role that serves as well, see {@link #apply(DatabaseSettings, String)}.
     *
     * @throws MigrationException as there
     */
    public static void apply(DatabaseSettings settings) {
        apply(settings, settings.user());
    }

    /**
     * Applies what is pending, each migration by itself; a second run changes nothing. Waits up to a minute for another
     * run to end, and goes on where one was killed. Then gives the service's role what it needs, and takes from it what it
     * does not.
     *
     * @param settings with the role that owns the tables
     * @param serviceRole that the service connects as; has all rights if it is the same
     * @throws MigrationException if the database cannot be reached or locked, does not take writes or is not in UTF8; if an
     *     applied migration differs from the one of this release, or if one fails; if there is no such role, if the tables are
     *     another's, or if the role lacks rights to them afterwards
     */
    public static void apply(DatabaseSettings settings, String serviceRole) {
        Objects.requireNonNull(serviceRole, "serviceRole");
        apply(settings, serviceRole, LOCK_WAIT);
    }

    static void apply(DatabaseSettings settings, String serviceRole, Duration lockWait) {
        Objects.requireNonNull(settings, "settings");
        try (Connection connection = new ConnectionSource(settings).connectToMigrate()) {
            requireWritable(connection);
            boolean apart = !serviceRole.equals(settings.user());
            if (apart) {
                ServiceRole.requireGrantable(connection, serviceRole);
            }
            waitForOthers(connection, lockWait);
            inScope(() -> applyLocked(connection, () -> {
                if (apart) {
                    ServiceRole.grantOnNewTables(connection, serviceRole);
                }
            }, () -> {
                if (apart) {
                    ServiceRole.grant(connection, serviceRole);
                }
                requireRights(connection, serviceRole);
            }));
        } catch (SQLException e) {
            throw new MigrationException("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Ids of the migrations that {@link #apply} would apply, in order.
     *
     * @throws MigrationException if the database cannot be reached, or if an applied migration differs from the one of
     *     this release
     */
    public static List<String> pending(DatabaseSettings settings) {
        Objects.requireNonNull(settings, "settings");
        try (Connection connection = new ConnectionSource(settings).connectToMigrate()) {
            return switch (SchemaCheck.check(connection)) {
                case SchemaStatus.Current() -> List.of();
                case SchemaStatus.Behind(List<String> missing) -> missing;
                case SchemaStatus.NotReadable() ->
                    throw new MigrationException("the role " + settings.user() + " may not read databasechangelog");
                case SchemaStatus.Different(List<String> ids) ->
                    throw new MigrationException("applied in another form than this release knows: " + ids);
            };
        } catch (SQLException e) {
            throw new MigrationException("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    /** A database in another encoding would be migrated without a word, and refuse customers for their names. */
    private static void requireWritable(Connection connection) throws SQLException {
        List<String> problems = DatabaseState.of(connection).problems();
        if (!problems.isEmpty()) {
            throw new MigrationException(
                    "the database " + String.join(", and ", problems)
                            + "; docs/decisions/0075 says what serving needs");
        }
    }

    /** Whoever drops what the migrations have made does not tell their record. */
    private static void requireObjects(Connection connection) throws SQLException {
        SchemaObjects missing = SchemaObjects.missing(connection);
        if (!missing.needed().isEmpty()) {
            throw new MigrationException(lost(missing.needed()));
        }
        if (!missing.indexes().isEmpty()) {
            LOGGER.log(System.Logger.Level.WARNING, lost(missing.indexes()));
        }
    }

    private static String lost(List<String> objects) {
        return "the schema has lost what migrations have made: " + String.join(", ", objects)
                + "; docs/decisions/0075 says how to put it back";
    }

    private static void requireRights(Connection connection, String serviceRole) throws SQLException {
        List<String> lacking = DatabaseState.of(connection, serviceRole).lacking();
        if (!lacking.isEmpty()) {
            throw new MigrationException(
                    "the role " + serviceRole + ", which the service is to connect as, lacks "
                            + String.join("; ", lacking) + ": its owner has to grant that");
        }
    }

    /** Id and checksum of each migration in this release, in order, computed by Liquibase. */
    static Map<String, String> checksums() {
        var checksums = new LinkedHashMap<String, String>();
        inScope(() -> {
            for (ChangeSet changeSet : changeLog(new PostgresDatabase()).getChangeSets()) {
                checksums.put(
                        changeSet.getId(),
                        changeSet.generateCheckSum(ChecksumVersion.latest()).toString());
            }
        });
        return checksums;
    }

    private static void applyLocked(Connection connection, Work before, Work afterwards)
            throws LiquibaseException, SQLException {
        var database = new OneCommitDatabase();
        database.setConnection(new JdbcConnection(connection));
        LockService lock = LockServiceFactory.getInstance().getLockService(database);
        acquire(lock, connection);
        try {
            before.run();
            update(database);
            requireObjects(connection);
            afterwards.run();
        } finally {
            lock.releaseLock();
            LockServiceFactory.getInstance().resetAll();
        }
    }

    private static void update(OneCommitDatabase database) throws LiquibaseException {
        ChangeLogHistoryService history = Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(database);
        history.init();
        DatabaseChangeLog changeLog = changeLog(database);
        var all = new Contexts();
        var labels = new LabelExpression();
        changeLog.validate(database, all, labels);
        var pending = new ShouldRunChangeSetFilter(database);
        new ChangeLogIterator(changeLog, pending)
                .run(
                        new UpdateVisitor(database, database.listener(), pending),
                        new RuntimeEnvironment(database, all, labels));
    }

    private static DatabaseChangeLog changeLog(PostgresDatabase database) throws LiquibaseException {
        var all = new DatabaseChangeLog("META-INF/db");
        var parameters = new ChangeLogParameters(database);
        all.setChangeLogParameters(parameters);
        var resources = Scope.getCurrentScope().getResourceAccessor();
        for (String path : CHANGELOGS) {
            new FormattedSqlChangeLogParser()
                    .parse(path, parameters, resources)
                    .getChangeSets()
                    .forEach(all::addChangeSet);
        }
        return all;
    }

    /**
     * Takes the lock that every run holds from its beginning to the end of its connection, however that comes about. Not
     * Liquibase's, which is a row: it outlives a run that is killed, and two first runs would both try to make its table.
     */
    private static void waitForOthers(Connection connection, Duration lockWait) throws SQLException {
        long deadline = System.nanoTime() + lockWait.toNanos();
        while (!tryAdvisoryLock(connection)) {
            if (System.nanoTime() - deadline > 0) {
                throw new MigrationException("another migration is running" + otherRun(connection));
            }
            try {
                Thread.sleep(LOCK_POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MigrationException("interrupted while waiting for the lock", e);
            }
        }
    }

    /** Without its statement, which may hold personal data. Another role's process shows no more than its number. */
    private static String otherRun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(OTHER_RUN)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static boolean tryAdvisoryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_try_advisory_lock(" + LOCK_KEY + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Nobody else runs, so whoever still has Liquibase's lock was cut off. */
    private static void acquire(LockService lock, Connection connection) throws LiquibaseException, SQLException {
        if (lock.acquireLock()) {
            return;
        }
        String holder = holder(connection);
        lock.forceReleaseLock();
        LOGGER.log(
                System.Logger.Level.WARNING,
                "released Liquibase's lock, which was left over from a run that was cut off: " + holder);
        if (!lock.acquireLock()) {
            throw new MigrationException("Liquibase's lock is taken again, by something else than `migrate`");
        }
    }

    /** Not by Liquibase, which fails where there is no time. */
    private static String holder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(lockedby, 'nobody') || "
                        + "coalesce(' since ' || lockgranted, '') from databasechangeloglock where locked")) {
            return row.next() ? row.getString(1) : "nobody";
        }
    }

    private static void inScope(Work work) {
        Map<String, Object> values = Map.of(
                Scope.Attr.resourceAccessor.name(), new ChangelogResources(),
                // Standard output is the log's.
                Scope.Attr.ui.name(), new LoggerUIService(),
                "liquibase.analytics.enabled", "false");
        try {
            Scope.child(values, work::run);
        } catch (MigrationException e) {
            throw e;
        } catch (LiquibaseException e) {
            throw new MigrationException(e.getMessage(), e);
        } catch (Exception e) {
            throw new MigrationException("migration failed: " + e, e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws LiquibaseException, SQLException;
    }
}
