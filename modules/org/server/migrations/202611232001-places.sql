-- Where somebody belongs and reaches: the home area and the scope of every post held now or later. Asked by whoever guards
-- accounts, whose own row-level security must not hide a post from the answer.
create function org.places(people uuid[], at timestamptz) returns table (person uuid, area int)
language sql stable security definer set search_path = '' as $$
  select p.id, p.org from org.person p where p.id = any(people) and p.org is not null
  union
  select o.person, o.scope from org.post o where o.person = any(people) and (o.valid_to is null or o.valid_to > at)
$$;
revoke execute on function org.places(uuid[], timestamptz) from public;
grant execute on function org.places(uuid[], timestamptz) to vigil_app;
