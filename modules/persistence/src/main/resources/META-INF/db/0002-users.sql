--liquibase formatted sql logicalFilePath:users

--changeset customer-service:0002-users splitStatements:true
set local lock_timeout = '3s';
create table users (
  id uuid primary key,
  username text collate "C" not null,
  role text not null constraint users_role_check check (role in ('admin', 'operator', 'viewer')),
  password_hash text not null,
  active boolean not null default true,
  created_at timestamptz(3) not null
);
create unique index users_username_key on users (lower(username));
