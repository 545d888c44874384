"""The ground under the stage, as its superuser sees it: the catalogue, canaries where no domain path writes, digests.

Everything here goes round row-level security on purpose, to look at what happened from outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec

from tests.isolation.canaries import Whose, canary
from tests.isolation.side import Side

# A text is what can hold somebody's words or a secret: text, bytes, JSON, and arrays of text.
_TEXTS = """
select c.relname, a.attname, a.atttypid::regtype::text from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
where c.relnamespace = 'app'::regnamespace and c.relkind = 'p'
  and (t.typcategory = 'S' or t.typname in ('bytea', 'json', 'jsonb', 'xml', 'hstore') or t.typname in ('_text', '_varchar'))
order by 1, 2
"""
_COLUMNS = """
select a.attname from pg_attribute a where a.attrelid = ('app.' || quote_ident($1))::regclass and a.attnum > 0
  and not a.attisdropped and a.attidentity = '' order by a.attnum
"""
_FORCE_TABLES = """
select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'force_id'
where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') order by 1
"""
_LISTED_VALUES = """
select distinct c.relname || '.' || a.attname from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
where k.contype = 'c' and c.relnamespace = 'app'::regnamespace and c.relkind = 'p'
  and pg_get_constraintdef(k.oid) like '%ARRAY[%'
"""

# What a row planted beside the living ones needs so that no page can come upon it, and no key is broken.
_APART: Mapping[str, Mapping[str, object]] = {
    "admin_request": {"state": "lapsed"},
    "account": {"person_id": "person", "devices": None},
    "audit_check": {"begun_at": "2026-01-02T03:04:05+00:00", "ended_at": "2026-01-02T03:04:06+00:00"},
    "audit_seal": {"position": 1_000_000_000},
    "case": {"known": False, "officer_id": None},
    "case_person": {"case_id": "case", "person_id": "person", "proxy_for": None},
    "client": {"active": False, "name": "Planted"},  # it stands in its force's list
    "client_key": {"client_id": "client"},
    "client_proof": {"client_id": "client"},
    "configuration_version": {"number": 1_000_000_000},
    "data_request": {"case_id": "case", "person_id": "person"},
    "deputy": {"ended_at": "2026-01-02T03:04:05+00:00"},
    "draft": {"case_id": "case", "person_id": "person"},
    "duty": {"case_id": "case"},
    "event": {"case_id": "case"},
    "factor": {"person_id": "person"},
    "feed_alert": {"ended_at": "2026-01-02T03:04:05+00:00"},
    "feed_entry": {"case_id": "case", "entry_id": None},
    "first_load": {"state": "stopped"},
    "halfway": {"person_id": "person"},
    "hearing": {"case_id": "case"},
    "legal_hold": {"case_id": "case", "lifted_at": "2026-01-02T03:04:05+00:00"},
    "invite": {"case_id": "case", "person_id": "person", "state": "expired"},
    "logo": {"published_at": None},
    "looked_at": {"part": "wording"},
    "notification": {"person_id": "person", "state": "sent", "staff_id": None, "invite_id": None},
    "property_item": {"case_id": "case"},
    "provider_link": {"staff_id": "staff"},
    "provider_session": {"session_id": "session"},
    "provider_sign_in": {"staff_id": None},
    "reset": {"case_id": "case", "person_id": "person", "confirmed_by": None, "state": "withdrawn"},
    "rights_request": {"case_id": "case", "person_id": "person", "made_by": "person", "state": "refused"},
    "staff": {"active": False},
    "staff_factor": {"staff_id": "staff"},
    "staff_halfway": {"staff_id": "staff"},
    "staff_import": {"made_by": "person"},
    "step": {"case_id": "case"},
    "task": {"case_id": "case", "entry_id": None, "person_id": "person", "done_at": "2026-01-02T03:04:05+00:00"},
    "text_code": {"person_id": "person", "state": "withdrawn"},
    "timeline_entry": {"case_id": "case"},
}
_PUBLISHED = "select id, name, version, configuration from app.force where id = any($1::uuid[])"
_PUBLISH = "update app.force set name = $2, version = $3, configuration = $4 where id = $1"

# Administrators read a list of everybody, also of who has no access.
_LISTED = {f"staff.{column}" for column in ("collar_number", "email", "name", "title", "unit")}
# A figure is a number, and a force has one draft at most: its canary is in the one that there is.
_ONE_ROW = ("force_figure", "configuration_draft")


@dataclass
class Ground:
    """A superuser's connection to the stage's database."""

    connection: asyncpg.Connection
    tables: tuple[str, ...] = ()
    columns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    texts: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    listed: frozenset[str] = frozenset()
    kept: dict[str, bytes] = field(default_factory=dict[str, bytes])
    published: list[Any] = field(default_factory=list[Any])

    async def read_catalogue(self) -> None:
        """Read which tables belong to forces, and which of their columns hold text."""
        self.tables = tuple(row[0] for row in await self.connection.fetch(_FORCE_TABLES))
        self.texts = [(row[0], row[1], row[2]) for row in await self.connection.fetch(_TEXTS)]
        self.listed = frozenset(row[0] for row in await self.connection.fetch(_LISTED_VALUES))
        for table in self.tables:
            self.columns[table] = [row[0] for row in await self.connection.fetch(_COLUMNS, table)]

    async def row(self, table: str, force_id: UUID) -> dict[str, Any]:
        """Return a row of a force, as JSON says it. Raises LookupError when the stage has left the table empty."""
        sql = f'select to_jsonb(t)::text from app."{table}" t where force_id = $1 limit 1'
        found: str | None = await self.connection.fetchval(sql, force_id)
        if found is None:
            raise LookupError(table)
        return msgspec.json.decode(found, type=dict[str, Any])

    def inserting(self, table: str) -> str:
        """Return the statement that writes a row given as JSON."""
        columns = ", ".join(f'"{column}"' for column in self.columns[table])
        source = f'select {columns} from jsonb_populate_record(null::app."{table}", $1::text::jsonb)'
        return f'insert into app."{table}" ({columns}) {source}'

    async def plant(self, side: Side) -> None:
        """Write one row more into every table, with a canary in every text that can hold one."""
        async with self.connection.transaction():
            await self.connection.execute("set local session_replication_role = replica")
            apart = {name: str(uuid4()) for name in ("case", "client", "person", "session", "staff")}
            for table in (table for table in self.tables if table not in _ONE_ROW):
                base = await self.row(table, side.force.ref.id)
                fresh = {"id": apart.get(table, str(uuid4())), "reader_id": str(uuid4()), "audit_id": str(uuid4())}
                told = {
                    c: _canary(side, t, c, kind, base[c])
                    for t, c, kind in self.texts
                    if t == table and self._free(t, c)
                }
                stays = {name: apart.get(str(value), value) for name, value in _APART.get(table, {}).items()}
                row = {**base, **fresh, **told, **stays}
                await self.connection.execute(self.inserting(table), msgspec.json.encode(row).decode())

    def _free(self, table: str, column: str) -> bool:
        return f"{table}.{column}" not in self.listed

    async def holds(self, side: Side) -> set[str]:
        """Return the columns, as table.column, in which this force has a canary that stands there unsealed."""
        found: set[str] = set()
        for table, column, kind in self.texts:
            text = f"encode(t.\"{column}\", 'escape')" if kind == "bytea" else f't."{column}"::text'
            sql = f'select bool_or({text} ~* $2) from app."{table}" t where force_id = $1'
            if await self.connection.fetchval(sql, side.force.ref.id, f"canary[^a-z0-9]?{side.letter}"):
                found.add(f"{table}.{column}")
        return found

    async def digest(self, force_id: UUID, *, where: str = "true") -> str:
        """Return a digest of every row of a force, in every table."""
        parts = [
            f"""select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) d, '{table}' n
                from app."{table}" t where force_id = $1 and {where}"""
            for table in self.tables
        ]
        found: Any = await self.connection.fetchval(
            f"select string_agg(d, ' ' order by n) from ({' union all '.join(parts)}) u", force_id
        )
        return found

    async def ids(self, force_id: UUID) -> frozenset[UUID]:
        """Return the id of every row of a force."""
        parts = [f'select id from app."{table}" where force_id = $1' for table in self.tables]
        return frozenset(row[0] for row in await self.connection.fetch(" union ".join(parts), force_id)) | {force_id}

    async def keep(self, forces: Sequence[UUID]) -> None:
        """Remember every row of these forces, to come back to. Here and not in the database, whose catalogue is tried."""
        for table in self.tables:
            rows = BytesIO()
            sql = f'select * from app."{table}" where force_id = any($1::uuid[])'
            await self.connection.copy_from_query(sql, list(forces), output=rows, format="binary")
            self.kept[table] = rows.getvalue()
        self.published = await self.connection.fetch(_PUBLISHED, list(forces))

    async def restore(self, forces: Sequence[UUID]) -> None:
        """Bring back what was remembered, exactly."""
        async with self.connection.transaction():
            await self.connection.execute("set local session_replication_role = replica")
            for table, rows in self.kept.items():
                removed = f'delete from app."{table}" where force_id = any($1::uuid[])'
                await self.connection.execute(removed, list(forces))
                await self.connection.copy_to_table(table, schema_name="app", source=BytesIO(rows), format="binary")
            await self.connection.executemany(_PUBLISH, self.published)


def _canary(side: Side, table: str, column: str, kind: str, before: object) -> object:
    text = canary(side.letter, Whose.STAFF if f"{table}.{column}" in _LISTED else Whose.HIDDEN, table, column)
    if kind == "bytea":
        return "\\x" + text.encode().hex()
    if isinstance(before, dict) and "from_name" in before:  # a force's configuration
        return {**before, "from_name": text}
    if kind == "jsonb":
        return {"canary": text} if column in {"orders", "detail"} else [text]
    return [text] if kind.endswith("[]") else text
