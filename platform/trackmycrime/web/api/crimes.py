"""Crimes: what the service holds of one, so that a record system can compare."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from trackmycrime.domain.ingest import holding
from trackmycrime.domain.ingest.holding import Crime
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.permissions import Permission


@get("/api/v1/crimes", opt={"permission": Permission.MACHINE_READ})
async def crime(tx: NamedDependency[ForceTx], reference: FromQuery[str]) -> Crime:
    """Give what is held of one crime."""
    return await holding.what_is_held(tx, reference)
