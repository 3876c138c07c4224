--liquibase formatted sql logicalFilePath:customers

--changeset customer-service:0001-customers splitStatements:true
set local lock_timeout = '3s';
-- Collation "C": an address is ASCII, and lower() must mean the same whatever the database's language is.
create table customers (
  id uuid primary key,
  name text not null,
  email text collate "C" not null,
  phone text,
  status text not null default 'active' constraint customers_status_check check (status in ('active', 'suspended', 'closed')),
  address jsonb,
  metadata jsonb not null default '{}' constraint customers_metadata_check check (jsonb_typeof(metadata) = 'object'),
  version bigint not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
)
-- Room for the next version of a row beside the last one, so that the indexes need not know.
with (fillfactor = 90);
create unique index customers_email_key on customers (lower(email));
create index customers_created_at_idx on customers (created_at, id);
create index customers_name_idx on customers (name collate "C", id);
-- Nearly every customer is active, so the others are few and worth an index of their own.
create index customers_inactive_idx on customers (status, created_at, id) where status <> 'active';

--changeset customer-service:0001-customer-changes splitStatements:true
set local lock_timeout = '3s';
-- The changed values: personal data, deleted with the customer.
create table customer_changes (
  customer_id uuid not null,
  version bigint not null,
  changes jsonb not null,
  primary key (customer_id, version)
);

--changeset customer-service:0001-audit-log splitStatements:true
set local lock_timeout = '3s';
-- Append-only; holds no personal data beyond ids and the caller's network address.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  action text not null,
  subject text not null,
  version bigint not null,
  fields text[] not null,
  actor text not null,
  request_id text not null,
  source_address text not null
);
create index audit_log_subject_idx on audit_log (subject, version);

--changeset customer-service:0001-idempotency-keys splitStatements:true
set local lock_timeout = '3s';
-- The answer is the customer as it was created; null once the customer has been erased.
create table idempotency_keys (
  subject text not null,
  key text not null,
  fingerprint text not null,
  customer_id uuid not null,
  answer jsonb,
  created_at timestamptz(3) not null,
  primary key (subject, key)
);
create index idempotency_keys_customer_id_idx on idempotency_keys (customer_id);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);

--changeset customer-service:0001-customers-changed splitStatements:false
set local lock_timeout = '3s';
-- Tells every instance's cache, whoever made the change. An empty payload stands for all customers.
create function customers_changed() returns trigger language plpgsql as $$
begin
  if tg_level = 'ROW' then
    perform pg_notify('customers_changed', old.id::text);
  else
    perform pg_notify('customers_changed', '');
  end if;
  return null;
end
$$;
create trigger customers_changed after update or delete on customers
  for each row execute function customers_changed();
create trigger customers_truncated after truncate on customers
  for each statement execute function customers_changed();
