"""The worker's process: sends what waits in the outbox, seals the audit and keeps the clock."""

from functools import partial

from trackmycrime.domain import audit, data_requests, duties, figures, logos, messages, reporting
from trackmycrime.domain.auditing import wholeness
from trackmycrime.domain.cases import assessments, codes, halfway, invitations, resets
from trackmycrime.domain.identity import proofs, second_step, sessions, throttle
from trackmycrime.domain.identity.provider import signing_in
from trackmycrime.domain.ingest import arrivals, first_load
from trackmycrime.domain.notifications import dispatch
from trackmycrime.domain.retention import deleting
from trackmycrime.domain.staffing import importing
from trackmycrime.domain.tenancy.registry import Registry
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.gateways.keys import keys
from trackmycrime.gateways.senders import senders
from trackmycrime.jobs.chores import SEAL_BATCH, Deeds
from trackmycrime.jobs.shift import shift
from trackmycrime.jobs.waker import Waker
from trackmycrime.kit import log
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.settings import Settings
from trackmycrime.tx import Database


def deeds(settings: Settings) -> Deeds:
    """Return what the domain does for the worker."""
    heads = Heads(settings.home / HEADS)
    return Deeds(
        dispatch=dispatch.dispatch,
        waiting=dispatch.waiting,
        seal=partial(audit.seal, heads=heads, limit=SEAL_BATCH),
        tidy=(
            sessions.sweep,
            throttle.sweep,
            halfway.sweep,
            second_step.sweep,
            signing_in.sweep,
            invitations.expire,
            codes.sweep,
            resets.sweep,
            assessments.ask_again,
            duties.escalate,
            messages.escalate,
            reporting.count,
            figures.count,
            data_requests.make_due,
            data_requests.expire,
            importing.sweep,
            proofs.sweep,
            arrivals.watch,
            first_load.work,
            logos.sweep,
            partial(wholeness.work, heads=heads),
            deleting.cases,
            deleting.people,
            deleting.records,
            deleting.notifications,
        ),
    )


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand. Raises WrongSetting before anything starts."""
    log.configure()
    ways = senders(settings)
    waker = Waker(settings)
    database = Database(settings.database_url_for, wake=waker)
    try:
        await waker.connect()
        registry = Registry(database, opened=keys(settings).open, origin=settings.origin)
        await shift(registry, ways, waker, deeds(settings), Courtesy(settings.home)).start()
    finally:
        await waker.stop()
        await database.close()
