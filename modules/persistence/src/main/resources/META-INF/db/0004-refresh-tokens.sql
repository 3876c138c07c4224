--liquibase formatted sql logicalFilePath:refresh-tokens

--changeset customer-service:0004-token-epoch splitStatements:true
set local lock_timeout = '3s';
-- What a sign-in began counts for as long as this has not changed since.
alter table users add column token_epoch bigint not null default 0;

--changeset customer-service:0004-users-token-epoch splitStatements:false
set local lock_timeout = '3s';
-- In the changing statement itself, whichever that is: no family that begins at the same time is missed.
create function users_token_epoch() returns trigger language plpgsql as $$
begin
  new.token_epoch := old.token_epoch + 1;
  return new;
end
$$;
create trigger users_token_epoch before update on users
  for each row
  when ((old.password_hash, old.role, old.active) is distinct from (new.password_hash, new.role, new.active))
  execute function users_token_epoch();

--changeset customer-service:0004-refresh-tokens splitStatements:true
set local lock_timeout = '3s';
-- What began with one sign-in. Times are the database's own, to the microsecond.
create table token_families (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  user_epoch bigint not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index token_families_user_id_idx on token_families (user_id);
create index token_families_expires_at_idx on token_families (expires_at);
-- Spent ones stay until their family expires, so that their reuse is noticed.
create table refresh_tokens (
  hash text collate "C" primary key,
  family_id uuid not null references token_families (id) on delete cascade,
  generation bigint not null,
  spent_at timestamptz,
  children integer not null default 0
);
create index refresh_tokens_family_id_idx on refresh_tokens (family_id);
