"""What was sent after a session had ended: kept for whose session it was, on a case of theirs, and for nobody else."""

from uuid import UUID

from tests.isolation.matrix import Breach
from tests.isolation.stage import Stage
from trackmycrime.domain import messages
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.kit.actor import VISITOR, Kind, service

_TEXT = "A window was measured."
# With a cookie that nobody has, no session must be found, whosever token and case come with it.
_EVERYBODY = """
select s.csrf, cp.case_id from app.session s join app.case_person cp on cp.force_id = $1 and cp.person_id = s.subject_id
where s.force_id = $1 and s.kind = 'victim'
"""


async def refused(stage: Stage) -> list[Breach]:
    """Try to have something kept with one thing wrong at a time, and return what was kept all the same."""
    a, b = stage.a, stage.b
    async with a.door.open(service("isolation")) as tx:
        vera = await sessions.begin(tx, Kind.VICTIM, a.ids["vera"])
        xenia = await sessions.begin(tx, Kind.VICTIM, a.ids["xenia"])
        wanda = await sessions.begin(tx, Kind.VICTIM, a.ids["wanda"])
        officer = await sessions.begin(tx, Kind.STAFF, a.ids["officer"])
    own, cookie, csrf = a.ids["case"], vera.cookie, vera.session.csrf
    tries: dict[str, tuple[str, str, UUID]] = {
        "with a guessed token": (cookie, "guessed", own),
        "with another's token": (cookie, xenia.session.csrf, own),
        "with another's cookie": (xenia.cookie, csrf, own),
        "on another victim's case": (cookie, csrf, a.ids["other_case"]),
        "on a case of another force": (cookie, csrf, b.ids["case"]),
        "as an officer": (officer.cookie, officer.session.csrf, own),
    }
    everybody = await a.world.ask(a.slug, _EVERYBODY)
    tries |= {f"with a guessed cookie, token {n}": ("guessed", *one) for n, one in enumerate(everybody)}
    done = [what for what, tried in tries.items() if await _kept(stage, *tried)]
    earlier = {
        "with a guessed token": "guessed",
        "from another victim's page": vera.session.csrf,
        "without a token": "",
    }
    done += [f"as Wanda, {what}" for what, token in earlier.items() if await _kept_of_earlier(stage, "wanda", token)]
    done += await _of_a_locked_account(stage, wanda)
    return [Breach("domain", "nobody", f"keep {what}", "was done") for what in done]


async def _of_a_locked_account(stage: Stage, wanda: Begun) -> list[str]:
    a, state = stage.a, "update app.account set state = $3 where force_id = $1 and person_id = $2"
    await stage.ground.connection.execute(state, a.force.ref.id, a.ids["wanda"], "frozen")
    kept = await _kept(stage, wanda.cookie, wanda.session.csrf, a.ids["case"])
    await stage.ground.connection.execute(state, a.force.ref.id, a.ids["wanda"], "open")
    return ["of a locked account"] if kept else []


async def right(stage: Stage) -> bool:
    """Have something kept with everything right, after the session and in the next one."""
    async with stage.a.door.open(service("isolation")) as tx:
        vera: Begun = await sessions.begin(tx, Kind.VICTIM, stage.a.ids["vera"])
    after = await _kept(stage, vera.cookie, vera.session.csrf, stage.a.ids["case"])
    return after and await _kept_of_earlier(stage, "vera", vera.session.csrf)


async def _kept(stage: Stage, cookie: str, csrf: str, case: UUID) -> bool:
    tx = stage.a.door.begin(VISITOR)
    try:
        return await messages.keep_unsent(tx, cookie, csrf, case, _TEXT)
    except Exception:  # noqa: BLE001 - it came further than a refusal
        return True
    finally:
        await tx.close()


async def _kept_of_earlier(stage: Stage, who: str, csrf: str) -> bool:
    tx = stage.a.door.begin(stage.a.victim(who))
    try:
        return await messages.keep_of_earlier(tx, csrf, stage.a.ids["case"], _TEXT)
    finally:
        await tx.close()
