"""Events: what record systems push, and what they should know of what happened here."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from trackmycrime.domain import feed
from trackmycrime.domain.ingest import Answer
from trackmycrime.domain.ingest.parsing import MOST_BYTES
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.api.batches import Batch, Batches
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

JSON, LINES = "application/json", "application/x-ndjson"
LARGEST_BODY = MOST_BYTES + 1024  # what is a little too large is refused by the domain, in its words
DEFAULT_LIMIT = 100


class UnknownType(Refusal):
    """The body is of a type that we do not read."""

    status = 415


class EventsController(Controller):
    """Events in both directions."""

    path = "/api/v1/events"

    @post(opt={"permission": Permission.MACHINE_SEND}, status_code=200, request_max_body_size=LARGEST_BODY)
    async def create(
        self,
        request: AnyRequest,
        visit: NamedDependency[Visit],
        batches: NamedDependency[Batches],
        *,
        backfill: FromQuery[bool] = False,
    ) -> Answer:
        """Take a batch of events."""
        lines = _readable_type(request) == LINES
        force = visit.site
        batch = Batch(force.ref.slug, force.row.version, visit.force_tx().actor, await request.body(), lines, backfill)
        return await batches.apply(visit, batch)

    @get(opt={"permission": Permission.MACHINE_COLLECT})
    async def index(
        self,
        tx: NamedDependency[ForceTx],
        after: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=feed.MOST)] = DEFAULT_LIMIT,
    ) -> feed.Page:
        """Give what happened here since the cursor."""
        return await feed.after(tx, after, limit)


def _readable_type(request: AnyRequest) -> str:
    kind, _parameters = request.content_type
    if kind not in {JSON, LINES} or request.headers.get("content-encoding", "identity") != "identity":
        raise UnknownType(_("Send events as application/json or application/x-ndjson, not compressed."))
    return kind
