package customerservice.persistence.schema;

import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.DatabaseException;

/**
 * Commits a migration together with the record that it was applied. Liquibase commits the one and then the other: a run that
 * is cut off in between would have the next one fail, at what is there already. One that runs in no transaction is to be
 * repeatable instead.
 */
final class OneCommitDatabase extends PostgresDatabase {

    private boolean unrecorded;

    ChangeExecListener listener() {
        return new AbstractChangeExecListener() {
            @Override
            public void willRun(
                    Change change, ChangeSet changeSet, DatabaseChangeLog changeLog, Database database) {
                unrecorded = changeSet.isRunInTransaction();
            }
        };
    }

    @Override
    public void commit() throws DatabaseException {
        if (!unrecorded) {
            super.commit();
        }
    }

    @Override
    public void rollback() throws DatabaseException {
        unrecorded = false;
        super.rollback();
    }

    @Override
    public void markChangeSetExecStatus(ChangeSet changeSet, ChangeSet.ExecType execType) throws DatabaseException {
        super.markChangeSetExecStatus(changeSet, execType);
        unrecorded = false;
        super.commit();
    }
}
