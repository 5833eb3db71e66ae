-- Who holds, held or will hold an administrator's post: ending the post for an hour must not open the account to one person alone.
create function org.ever_administrators(people uuid[]) returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct p.person from org.post p where p.person = any(people) and org.is_administrator(p.role)
$$;
revoke execute on function org.ever_administrators(uuid[]) from public;
grant execute on function org.ever_administrators(uuid[]) to vigil_app;
