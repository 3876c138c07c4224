--liquibase formatted sql logicalFilePath:renewed-hashes

--changeset customer-service:0008-renewed-hashes splitStatements:false
set local lock_timeout = '3s';
-- The same password hashed anew ends nothing. Whoever does that says so, for the transaction; any other change of a hash,
-- also by hand or by an older release, is another password.
create or replace function users_token_epoch() returns trigger language plpgsql as $$
begin
  if (old.role, old.active) is distinct from (new.role, new.active)
    or current_setting('customer_service.same_password', true) is distinct from 'on'
  then
    new.token_epoch := old.token_epoch + 1;
  end if;
  return new;
end
$$;
