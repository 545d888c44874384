-- Readings: what the busiest pages ask for, as functions of the database that bind the force by themselves. Such a page needs no
-- transaction around its questions, which saves it half of its round trips (platform/decisions/0006).
--
-- They run with the rights of whoever calls them, so row-level security holds in them as everywhere: a caller that named
-- another force would be bound to that one, and ForceTx, which alone calls them, names its own.

-- Whose session a cookie is, with what its owner is at this moment (a suspended account has none), and the case that a victim
-- looks at: the one they chose, else the newest open one, with how many they may choose from.
create function app.live_session(
  p_force uuid, p_cookie_hash bytea, p_staff_idle interval, p_victim_idle interval, p_staff interval, p_victim interval
) returns table (
  id uuid, kind text, subject_id uuid, csrf text, seen_at timestamptz, role text, name text,
  case_id uuid, reference text, data_key bytea, offence_title text, offence_group text, stage text, outcome integer,
  closed boolean, reported_at timestamptz, officer_id uuid, officer_name text, officer_title text, officer_unit text,
  officer_collar text, due_at timestamptz, has_property boolean, of_cases bigint
)
language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('app.force_id', p_force::text, true);
  return query
  select s.id, s.kind, s.subject_id, s.csrf, s.seen_at, coalesce(st.role, ''), coalesce(st.name, ''), f.*
  from app.session s
  left join app.staff st on st.force_id = p_force and st.id = s.subject_id and s.kind = 'staff'
  left join lateral (
    select c.id, c.reference, c.data_key, c.offence_title, c.offence_group, c.stage, c.outcome, c.closed, c.reported_at,
           c.officer_id, o.name, o.title, o.unit, o.collar_number, n.due_at,
           exists (select from app.property_item i where i.force_id = p_force and i.case_id = c.id), count(*) over ()
    from app.case c
    left join app.staff o on o.force_id = p_force and o.id = c.officer_id
    left join lateral (select min(d.due_at) as due_at from app.duty d
                       where d.force_id = p_force and d.case_id = c.id and d.met_at is null) n on true
    where c.force_id = p_force and c.known
      and c.id in (select cp.case_id from app.case_person cp
                   where cp.force_id = p_force and cp.person_id = s.subject_id and cp.role in ('victim', 'proxy'))
    order by (c.id = s.case_id) desc nulls last, c.closed, c.reported_at desc nulls last, c.id limit 1
  ) f on s.kind = 'victim'
  where s.force_id = p_force and s.cookie_hash = p_cookie_hash
    and s.seen_at > now() - case s.kind when 'staff' then p_staff_idle else p_victim_idle end
    and s.created_at > now() - case s.kind when 'staff' then p_staff else p_victim end
    and (s.kind = 'victim' or (st.active and st.role <> ''));
end $$;

-- What a person may read on a case, newest first: what they have read, and for what victims wrote, who of the force has read it
-- first.
create function app.entries_for_person(p_force uuid, p_case uuid, p_person uuid, p_limit integer, p_offset integer)
returns table (
  id uuid, kind text, audience text, persons uuid[], author_kind text, author_id uuid, author_name text, body bytea,
  language text, happened_at timestamptz, read_at timestamptz, read_by text, read_by_them_at timestamptz
)
language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('app.force_id', p_force::text, true);
  return query
  select e.id, e.kind, e.audience, '{}'::uuid[], e.author_kind, e.author_id, e.author_name, e.body, e.language, e.happened_at,
         mine.read_at, theirs.reader_name, theirs.read_at
  from app.timeline_entry e
  left join app.read_mark mine on mine.force_id = p_force and mine.entry_id = e.id and mine.reader_id = p_person
  left join lateral (select r.reader_name, r.read_at from app.read_mark r
                     where e.author_kind = 'victim' and r.force_id = p_force and r.entry_id = e.id and r.reader_kind <> 'victim'
                     order by r.read_at limit 1) theirs on true
  where e.force_id = p_force and e.case_id = p_case
    and (e.audience = 'everyone' or (e.audience = 'named' and p_person = any(e.persons)))
  order by e.happened_at desc, e.id desc limit p_limit offset p_offset;
end $$
