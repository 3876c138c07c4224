--liquibase formatted sql logicalFilePath:audit-filters

-- The trail grows for as long as the service runs, and every change writes to it: its indexes are built while it does.
-- That waits for transactions which were there before, and holds up nobody; if it ends early, an index that is no good is
-- left behind, so the next attempt begins by dropping it.

--changeset customer-service:0006-audit-log-at runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_at_idx;
create index concurrently audit_log_at_idx on audit_log (at, id);
reset lock_timeout;

--changeset customer-service:0006-audit-log-actor runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_actor_idx;
create index concurrently audit_log_actor_idx on audit_log (actor, at, id);
reset lock_timeout;

--changeset customer-service:0006-audit-log-action runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_action_idx;
create index concurrently audit_log_action_idx on audit_log (action, at, id);
reset lock_timeout;

--changeset customer-service:0006-audit-log-subject-at runInTransaction:false splitStatements:true
set lock_timeout = '10min';
-- Besides the one for a customer's history, which goes by version: a user's lines have none.
drop index concurrently if exists audit_log_subject_at_idx;
create index concurrently audit_log_subject_at_idx on audit_log (subject, at, id);
reset lock_timeout;
