--liquibase formatted sql logicalFilePath:forget-failed-attempts

--changeset customer-service:0009-forget-failed-attempts splitStatements:false
set local lock_timeout = '3s';
-- The only lines of the trail that ever end: those that anybody can add, without being known. Whoever serves may not delete
-- from the trail; this deletes for him, with the rights of its owner, and nothing else than these and nothing sooner.
create function forget_failed_attempts(most integer) returns integer
language plpgsql security definer set search_path from current as $$
declare
  deleted integer;
begin
  delete from audit_log where id in (
    select id from audit_log
    where action in ('auth.sign_in_failed', 'auth.client_authentication_failed') and at < now() - interval '90 days'
    order by at limit most for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end
$$;

--changeset customer-service:0009-forget-failed-attempts-right splitStatements:true
set local lock_timeout = '3s';
-- Who serves is given it, as everything else.
revoke execute on function forget_failed_attempts(integer) from public;
