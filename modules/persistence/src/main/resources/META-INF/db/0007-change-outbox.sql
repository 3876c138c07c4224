--liquibase formatted sql logicalFilePath:change-outbox

--changeset customer-service:0007-change-outbox splitStatements:true
set local lock_timeout = '3s';
-- Which rows the instances have to forget, by the transaction that changed them. Not in the write-ahead log: whoever reads
-- this has lost his connection when the server crashes or another one takes over, and forgets everything then.
create unlogged table change_outbox (
  xid xid8 not null default pg_current_xact_id(),
  topic text collate "C" not null,
  id uuid -- null for all of the topic
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index change_outbox_xid_idx on change_outbox (xid);

--changeset customer-service:0007-announce-changes splitStatements:false
set local lock_timeout = '3s';
-- Once for a statement, whoever made it. NOTIFY would hold a lock of the whole database until the commit is durable, so
-- that no two changes could commit at the same time.
create function announce_changes() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 1001) few) > 1000 then
    insert into change_outbox (topic) values (tg_argv[0]);
  else
    insert into change_outbox (topic, id) select tg_argv[0], changed.id from changed;
  end if;
  return null;
end
$$;
create function announce_truncation() returns trigger language plpgsql as $$
begin
  insert into change_outbox (topic) values (tg_argv[0]);
  return null;
end
$$;

--changeset customer-service:0007-announce-customers splitStatements:true
set local lock_timeout = '3s';
drop trigger customers_changed on customers;
drop trigger customers_truncated on customers;
drop function customers_changed();
create trigger customers_updated after update on customers
  referencing old table as changed for each statement execute function announce_changes('customer');
create trigger customers_deleted after delete on customers
  referencing old table as changed for each statement execute function announce_changes('customer');
create trigger customers_truncated after truncate on customers
  for each statement execute function announce_truncation('customer');

--changeset customer-service:0007-announce-principals splitStatements:true
set local lock_timeout = '3s';
-- New ones too: that there is nobody with some id is remembered as well, and a backup may bring him back.
create trigger users_inserted after insert on users
  referencing new table as changed for each statement execute function announce_changes('principal');
create trigger users_updated after update on users
  referencing old table as changed for each statement execute function announce_changes('principal');
create trigger users_deleted after delete on users
  referencing old table as changed for each statement execute function announce_changes('principal');
create trigger users_truncated after truncate on users
  for each statement execute function announce_truncation('principal');
create trigger service_accounts_inserted after insert on service_accounts
  referencing new table as changed for each statement execute function announce_changes('principal');
create trigger service_accounts_updated after update on service_accounts
  referencing old table as changed for each statement execute function announce_changes('principal');
create trigger service_accounts_deleted after delete on service_accounts
  referencing old table as changed for each statement execute function announce_changes('principal');
create trigger service_accounts_truncated after truncate on service_accounts
  for each statement execute function announce_truncation('principal');
