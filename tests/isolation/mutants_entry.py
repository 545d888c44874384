"""The checks at the door: sessions, forms, links, tokens, hosts, passwords; and what takes each away."""

from tests.isolation.mutation import CodeMutant as M

_GATE, _LINKS = "web.common.gate", "kit.links:opened"
_LIVE, _TOKEN = "store.identity.sessions:_LIVE", "web.api.tokens:client_of"
_HIRED = "domain.identity.staff:invited"

GATE = (
    M(
        "permissions",
        f"{_GATE}:_admit",
        "if not may(visit.actor.role, permission):",
        "if False:",
        ("a victim among staff",),
    ),
    M(
        "roles",
        "web.common.permissions:may",
        "permission in ROLES.get(role, frozenset())",
        "True",
        ("a victim among staff",),
    ),
    M(
        "signing in",
        f"{_GATE}:_admit",
        "permission is not Permission.PUBLIC and visit.session is None",
        "False",
        ("a visitor",),
    ),
    M(
        "where a form comes from",
        f"{_GATE}:_admit",
        "_require_same_origin(request, visit)",
        "pass",
        ("a victim writes",),
    ),
    M(
        "whose origin",
        f"{_GATE}:_require_same_origin",
        "origin == visit.settings.origin(slug)",
        "origin is not None",
        ("a victim writes",),
    ),
    M(
        "a form from nowhere",
        f"{_GATE}:_require_same_origin",
        'fetch in {"same-origin", "none"} and',
        "",
        ("a victim writes",),
    ),
    M("a form's token", f"{_GATE}:_admit", "await _require_token(request, visit)", "pass", ("a victim writes",)),
    M(
        "whose token",
        f"{_GATE}:_require_token",
        "not hmac.compare_digest(sent.encode(), visit.csrf.encode())",
        "not sent",
        ("a victim writes",),
    ),
    M("two hosts", "web.common.edge:Edge._site", 'if len(hosts) == 1 else ""', "", ("impostors' hosts",)),
)
SESSIONS = (
    M("whose cookie", _LIVE, "and s.cookie_hash = $2", "and $2::bytea is not null", ("a stranger's cookie",)),
    M(
        "idle",
        _LIVE,
        "and s.seen_at > now() - case s.kind when 'staff' then $3::interval else $4::interval end",
        "and $3::interval is not null and $4::interval is not null",
        ("impostors' sessions",),
    ),
    M(
        "idle, for victims",
        _LIVE,
        "then $3::interval else $4::interval end",
        "then $3::interval else greatest($3::interval, $4::interval) end",
        ("impostors' sessions",),
    ),
    M(
        "too long",
        _LIVE,
        "and s.created_at > now() - case s.kind when 'staff' then $5::interval else $6::interval end",
        "and $5::interval is not null and $6::interval is not null",
        ("impostors' sessions",),
    ),
    M(
        "whose case is looked at",
        _LIVE,
        "and cp.person_id = s.subject_id and",
        "and s.subject_id is not null and",
        ("a victim reads",),
    ),
    M("somebody who left", _LIVE, "st.active and", "", ("impostors' sessions",)),
    M("somebody without a role", _LIVE, "and st.role <> ''", "", ("impostors' sessions",)),
    M("ended", "domain.identity.sessions:end", "await rows.end(tx, session.id)", "pass", ("impostors' sessions",)),
    M(
        "an operator who left",
        "store.identity.operators:live_session",
        ", Operator.active)",
        ")",
        ("impostors' sessions",),
    ),
)
LINKS = (
    M(
        "a link's proof",
        _LINKS,
        "not hmac.compare_digest(proof, keys.sign(purpose, subject))",
        "False",
        ("impostors' links",),
    ),
    M("a link's purpose", "kit.sealing:Keyring.sign", "purpose.encode()", 'b""', ("impostors' links",)),
    M("a link's force", "kit.sealing:Keyring.sign", "self._signing", 'b"one key"', ("impostors' links",)),
    M(
        "an invitation's state",
        "domain.cases.registration:open_invite",
        'row.state != "open" or',
        "",
        ("impostors' links",),
    ),
    M(
        "an invitation's age",
        "domain.cases.registration:open_invite",
        "or row.expires_at < now()",
        "",
        ("impostors' links",),
    ),
    M(
        "whose invitation",
        "domain.cases.registration:_matching",
        "person.id == invite.person_id and",
        "",
        ("impostors' facts",),
    ),
    M("an invitation's code", "domain.cases.registration:_matching", "and known", "", ("impostors' codes",)),
    M(
        "facts with an invitation",
        "domain.cases.registration:_matching",
        "and person.identity.is_of(facts.last_name, facts.date_of_birth)",
        "",
        ("impostors' facts",),
    ),
    M("a link for an employee, used", _HIRED, "or row.password_hash", "", ("impostors' links",)),
    M("a link for an employee who left", _HIRED, "or not row.active", "", ("impostors' links",)),
    M("a link for an employee, too old", _HIRED, "or now() - row.invited_at > INVITE_LIVES", "", ("impostors' links",)),
)
PASSWORDS = (
    M("a victim's password", "domain.cases.registration:sign_in", "not right or", "", ("impostors' facts",)),
    M(
        "a victim's facts",
        "domain.cases.registration:sign_in",
        "if p.identity.is_of(facts.last_name, facts.date_of_birth)",
        "",
        ("impostors' facts",),
    ),
    M(
        "a last name",
        "domain.people.person:Identity.is_of",
        "named == fold(last_name) and",
        "",
        ("impostors' facts",),
    ),
    M(
        "a birthday",
        "domain.people.person:Identity.is_of",
        "and self.date_of_birth == date_of_birth",
        "",
        ("impostors' facts",),
    ),
    M(
        "a crime",
        "store.people:_ON_CASE",
        "and c.folded_reference = $2",
        "and $2::text is not null",
        ("impostors' facts",),
    ),
    M("an employee's password", "domain.identity.staff:sign_in", "not right or", "", ("impostors' facts",)),
    M("an employee who left", "domain.identity.staff:sign_in", "row.active and", "", ("impostors' facts",)),
)
MACHINES = (
    M(
        "a token's key",
        "kit.sealing:Keyring.secret",
        "self._derived(purpose)",
        "purpose.encode().ljust(32)",
        ("impostors' tokens",),
    ),
    M(
        "who issued a token",
        _TOKEN,
        'iss={"essential": True, "value": force.origin}',
        'iss={"essential": True}',
        ("impostors' tokens",),
    ),
    M(
        "for whom a token is",
        _TOKEN,
        'aud={"essential": True, "value": force.origin}',
        'aud={"essential": True}',
        ("impostors' tokens",),
    ),
    M(
        "a token's age",
        _TOKEN,
        "now=int(now().timestamp())",
        "now=int(now().timestamp()) - 5400",
        ("impostors' tokens",),
    ),
    M("what a token is", _TOKEN, 'read.header.get("typ") == _TYPE and', "", ("impostors' tokens",)),
    M(
        "whose client",
        "store.identity.clients:_BY_CLIENT_ID",
        "and client_id = $2",
        "and $2::text is not null and active",
        ("impostors' tokens",),
    ),
    M(
        "a disabled client",
        "domain.identity.clients:find",
        "row if row and row.active else None",
        "row",
        ("impostors' tokens",),
    ),
    M(
        "a client's secret",
        "domain.identity.clients:proves",
        "hmac.compare_digest(client.secret_hash, hashed(secret))",
        "True",
        ("impostors' facts",),
    ),
    M(
        "a token that names a client",
        "web.api.admission:admit",
        "actor is None or not may(actor.role, Permission.MACHINE)",
        "False",
        ("impostors' tokens",),
    ),
)
