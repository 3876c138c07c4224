--liquibase formatted sql logicalFilePath:forget-failed-attempts

--changeset customer-service:0009-forget-failed-attempts splitStatements:false
set local lock_timeout = '3s';
-- The only lines of the trail that ever end: those that anybody can add, without being known. Whoever serves may not delete
-- from the trail; this deletes for him, with the rights of its owner, and nothing else than these and nothing sooner. One
-- action after the other, in an order that audit_log_of_action_idx alone has: else the planner may go through all that stays.
create function forget_failed_attempts(most integer) returns integer
language plpgsql security definer as $$
declare
  deleted integer := 0;
  more integer;
  name text;
begin
  foreach name in array array['auth.sign_in_failed', 'auth.client_authentication_failed'] loop
    delete from audit_log where id in (
      select id from audit_log
      where action collate "C" = name and at < now() - interval '90 days'
      order by at nulls first, id nulls first limit most - deleted for update skip locked
    );
    get diagnostics more = row_count;
    deleted := deleted + more;
  end loop;
  return deleted;
end
$$;
-- Temporary tables last: they are looked at first where they are not named, and anybody may make one that is called audit_log.
do $$
begin
  execute format(
    'alter function forget_failed_attempts(integer) set search_path = pg_catalog, %I, pg_temp', current_schema());
end
$$;

--changeset customer-service:0009-forget-failed-attempts-right splitStatements:true
set local lock_timeout = '3s';
-- Who serves is given it, as everything else.
revoke execute on function forget_failed_attempts(integer) from public;
