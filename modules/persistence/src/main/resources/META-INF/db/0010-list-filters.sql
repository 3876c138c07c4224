--liquibase formatted sql logicalFilePath:list-filters

-- One index for each filter of a list and for each two, in the list's order; docs/decisions/0006 says which serves what. The
-- order is spelled "desc nulls last", though nothing is null, so that no statement with a filter can take an index without.
-- Text in the collation "C", which no upgrade of the operating system changes; where there are two, under its other name, so that
-- a statement with two filters can take no index for one of them.
-- Built while the tables are written to, and begun anew after an early end: see 0006-audit-filters.sql.

--changeset customer-service:0010-customers-status-created-at runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists customers_status_created_at_idx;
create index concurrently customers_status_created_at_idx on customers
  (status collate "C", created_at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-customers-status-name runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists customers_status_name_idx;
create index concurrently customers_status_name_idx on customers
  (status collate "C", name collate "C" desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-actor runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_actor_idx;
create index concurrently audit_log_of_actor_idx on audit_log
  (actor collate "C", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-action runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_action_idx;
create index concurrently audit_log_of_action_idx on audit_log
  (action collate "C", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-subject runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_subject_idx;
create index concurrently audit_log_of_subject_idx on audit_log
  (subject collate "C", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-actor-action runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_actor_action_idx;
create index concurrently audit_log_of_actor_action_idx on audit_log
  (actor collate "POSIX", action collate "POSIX", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-subject-action runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_subject_action_idx;
create index concurrently audit_log_of_subject_action_idx on audit_log
  (subject collate "POSIX", action collate "POSIX", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-of-subject-actor runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_of_subject_actor_idx;
create index concurrently audit_log_of_subject_actor_idx on audit_log
  (subject collate "POSIX", actor collate "POSIX", at desc nulls last, id desc nulls last);
reset lock_timeout;

--changeset customer-service:0010-audit-log-customer-history runInTransaction:false splitStatements:true
set lock_timeout = '10min';
-- Without the lines of users and accounts, which have no history: one of a program's many tokens each.
drop index concurrently if exists audit_log_customer_history_idx;
create index concurrently audit_log_customer_history_idx on audit_log
  (subject collate "C", version)
  where action like 'customer.%';
reset lock_timeout;
