--liquibase formatted sql logicalFilePath:service-accounts

--changeset customer-service:0003-service-accounts splitStatements:true
set local lock_timeout = '3s';
create table service_accounts (
  id uuid primary key,
  name text collate "C" not null constraint service_accounts_name_key unique,
  scopes text[] not null constraint service_accounts_scopes_check check (cardinality(scopes) > 0),
  secret_hash text not null,
  created_at timestamptz(3) not null
);
