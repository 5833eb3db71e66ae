import type pg from 'pg';

export type Column = { name: string; type: string; required: boolean; preset: string | null; identity: string; generated: string };
export type Named = { name: string; text: string };
export type Policy = { name: string; command: string; roles: string; permissive: boolean; using: string | null; check: string | null };
export type Grant = { grantee: string; privilege: string; column: string | null };
/** A table or a view as the catalogue has it; partitions are counted on their parent and not listed. */
export type Relation = {
  schema: string;
  name: string;
  kind: 'r' | 'p' | 'v' | 'm';
  options: string | null;
  partitionBy: string | null;
  partitions: string[];
  secured: boolean;
  forced: boolean;
  columns: Column[];
  constraints: Named[];
  indexes: Named[];
  policies: Policy[];
  triggers: Named[];
  grants: Grant[];
};
export type Routine = { schema: string; name: string; arguments: string; result: string; manner: string; grants: string[] };
export type Sequence = { schema: string; name: string; grants: string[] };
export type Catalogue = {
  schemas: { name: string; grants: string[] }[];
  sequences: Sequence[];
  relations: Relation[];
  routines: Routine[];
};

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;
const grantee = `case when a.grantee = 0 then 'public' else a.grantee::regrole::text end`;
const list = (select: string, order: string) => `coalesce((select json_agg(x order by ${order} collate "C") from (${select}) x), '[]')`;
const acl = (kind: string, column: string, owner: string) =>
  `aclexplode(coalesce(${column}, acldefault('${kind}', ${owner}))) a where a.grantee <> ${owner}`;
const words = (kind: string, column: string, owner: string) =>
  `array(select w from (select ${grantee} || ' ' || lower(a.privilege_type) as w from ${acl(kind, column, owner)}) g order by w collate "C")`;

const columns = list(
  `select att.attnum, att.attname as name, format_type(att.atttypid, att.atttypmod) as type, att.attnotnull as required,
     case when att.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as preset, att.attidentity as identity,
     case when att.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) else '' end as generated
   from pg_attribute att left join pg_attrdef d on d.adrelid = att.attrelid and d.adnum = att.attnum
   where att.attrelid = c.oid and att.attnum > 0 and not att.attisdropped`,
  `to_char(attnum, '00000')`,
);
// From PostgreSQL 18 on, "not null" is a constraint of its own (contype n); here it stands with the column.
const constraints = list(
  `select conname as name, pg_get_constraintdef(oid) as text from pg_constraint where conrelid = c.oid and contype in ('p', 'u', 'f', 'c', 'x')`,
  'name',
);
const indexes = list(
  `select i.relname as name, pg_get_indexdef(x.indexrelid) as text from pg_index x join pg_class i on i.oid = x.indexrelid
   where x.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = x.indexrelid)`,
  'name',
);
const policies = list(
  `select polname as name, case polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end as command,
     array_to_string(array(select case when r = 0 then 'public' else r::regrole::text end from unnest(polroles) r), ', ') as roles,
     polpermissive as permissive, pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as check
   from pg_policy where polrelid = c.oid`,
  'name',
);
const triggers = list(
  `select tgname as name, pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = c.oid and not tgisinternal`,
  'name',
);
const grants = list(
  `select ${grantee} as grantee, lower(a.privilege_type) as privilege, null::text as "column" from ${acl('r', 'c.relacl', 'c.relowner')}
   union all
   select ${grantee}, lower(a.privilege_type), att.attname from pg_attribute att, aclexplode(att.attacl) a
   where att.attrelid = c.oid and a.grantee <> c.relowner and not att.attisdropped`,
  `grantee || ' ' || privilege || ' ' || coalesce("column", '')`,
);

const relations = `select n.nspname as schema, c.relname as name, c.relkind as kind, array_to_string(c.reloptions, ', ') as options,
  pg_get_partkeydef(c.oid) as "partitionBy",
  array(select k.relname::text from pg_inherits h join pg_class k on k.oid = h.inhrelid where h.inhparent = c.oid order by k.relname collate "C") as partitions,
  c.relrowsecurity as secured, c.relforcerowsecurity as forced, ${columns} as columns, ${constraints} as constraints, ${indexes} as indexes,
  ${policies} as policies, ${triggers} as triggers, ${grants} as grants
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  order by n.nspname collate "C", c.relkind in ('v', 'm'), c.relname collate "C"`;

const routines = `select n.nspname as schema, p.proname as name, pg_get_function_arguments(p.oid) as arguments,
  coalesce(pg_get_function_result(p.oid), '') as result,
  concat_ws(' ', 'language ' || l.lanname, case p.provolatile when 'i' then 'immutable' when 's' then 'stable' end,
    case when p.proisstrict then 'strict' end, case when p.proleakproof then 'leakproof' end,
    case when p.prosecdef then 'security definer' end, 'set ' || array_to_string(p.proconfig, ', ')) as manner,
  ${words('f', 'p.proacl', 'p.proowner')} as grants
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where ${ours} order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;

// The sequence behind an identity column stands with its column.
const sequences = `select n.nspname as schema, c.relname as name, ${words('s', 'c.relacl', 'c.relowner')} as grants
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
  order by n.nspname collate "C", c.relname collate "C"`;

const schemas = `select n.nspname as name, ${words('n', 'n.nspacl', 'n.nspowner')} as grants from pg_namespace n where ${ours} order by n.nspname collate "C"`;

/** Reads everything the migrations made, from the system catalogues, in an order that depends on names alone. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  await client.query(`set search_path = ''`);
  const rows = async <R extends pg.QueryResultRow>(text: string) => (await client.query<R>(text)).rows;
  return {
    schemas: await rows(schemas),
    sequences: await rows(sequences),
    relations: await rows(relations),
    routines: await rows(routines),
  };
}
