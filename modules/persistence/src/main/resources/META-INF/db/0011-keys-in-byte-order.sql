--liquibase formatted sql logicalFilePath:keys-in-byte-order

-- Idempotency keys were in the database's own order. An upgrade of the operating system may change that, and then an index does not
-- find what is there: a repeated request made a second customer.

--changeset customer-service:0011-idempotency-keys-index runInTransaction:false splitStatements:true
set lock_timeout = '10min';
-- Built while the table is written to, and begun anew after an early end: see 0006-audit-filters.sql.
drop index concurrently if exists idempotency_keys_subject_key_idx;
create unique index concurrently idempotency_keys_subject_key_idx on idempotency_keys
  (subject collate "C", key collate "C");
reset lock_timeout;

--changeset customer-service:0011-idempotency-keys splitStatements:true
set local lock_timeout = '3s';
-- With the index there already, this changes the catalogue alone. The release from before finds its keys by the same index.
alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys alter column subject type text collate "C", alter column key type text collate "C";
alter table idempotency_keys add constraint idempotency_keys_pkey primary key using index idempotency_keys_subject_key_idx;
