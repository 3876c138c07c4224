--liquibase formatted sql logicalFilePath:unused-indexes

-- What the indexes of 0010-list-filters.sql have replaced: each made every write dearer, and no statement reads by one.

--changeset customer-service:0013-unused-indexes runInTransaction:false splitStatements:true
set lock_timeout = '10min';
drop index concurrently if exists audit_log_subject_idx;
drop index concurrently if exists audit_log_actor_idx;
drop index concurrently if exists audit_log_action_idx;
drop index concurrently if exists audit_log_subject_at_idx;
drop index concurrently if exists customers_inactive_idx;
reset lock_timeout;
