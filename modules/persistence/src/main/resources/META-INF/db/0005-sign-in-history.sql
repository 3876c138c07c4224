--liquibase formatted sql logicalFilePath:sign-in-history

--changeset customer-service:0005-sign-in-failures splitStatements:true
set local lock_timeout = '3s';
-- A leaking bucket in one time: each failure moves forgotten_at on, and how far it lies ahead is how many still count.
create table sign_in_failures (
  key text collate "C" primary key,
  forgotten_at timestamptz not null,
  last_failed_at timestamptz not null
);
create index sign_in_failures_forgotten_at_idx on sign_in_failures (forgotten_at);

--changeset customer-service:0005-known-networks splitStatements:true
set local lock_timeout = '3s';
create table known_networks (
  user_id uuid not null references users (id) on delete cascade,
  network text collate "C" not null,
  last_sign_in_at timestamptz not null,
  primary key (user_id, network)
);
