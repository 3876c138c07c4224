--liquibase formatted sql logicalFilePath:unspent-refresh-tokens

--changeset customer-service:0012-refresh-tokens-unspent runInTransaction:false splitStatements:true
set lock_timeout = '10min';
-- A refresh looks for the other ends of a fork, of which there are few; the spent ones of a sign-in may be tens of thousands.
-- Built while the table is written to, and begun anew after an early end: see 0006-audit-filters.sql.
drop index concurrently if exists refresh_tokens_unspent_idx;
create index concurrently refresh_tokens_unspent_idx on refresh_tokens (family_id, generation)
  where spent_at is null;
reset lock_timeout;
