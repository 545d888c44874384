"""Two forces' victims at a narrow door, some of whom leave half-way: nobody is given another's page."""

import pytest

from tests.isolation.crowd import gather
from tests.isolation.mutation import CodeMutant, broken
from tests.isolation.stage import Stage
from trackmycrime.kit.actor import service
from trackmycrime.tx import Database
from trackmycrime.web.common import gate

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_nobody_in_a_crowd_reads_another_s_page(stage: Stage) -> None:
    crowd = await gather(stage, 600)
    assert (crowd.foreign, crowd.incomplete, crowd.stuck) == (0, 0, 0)
    assert crowd.requests == 600
    assert crowd.cancelled >= 40, "most of those who leave have not been answered yet"


async def test_a_session_that_lives_on_in_the_process_is_noticed(stage: Stage) -> None:
    """What a crowd is for: something kept from one request and given to the next."""
    found = "visit.session = await sessions.find(tx, cookie, used=used)"
    kept = "globals().setdefault('kept', [])"
    keeping = f"{found}; {kept}.append(visit.session); visit.session = {kept}[0]"
    mutant = CodeMutant("one session for all", "web.common.gate:admit_to_force", found, keeping, ())
    with broken(mutant):
        crowd = await gather(stage, 60)
    del gate.__dict__["kept"]
    assert crowd.foreign > 0


async def test_a_connection_that_is_not_given_back_is_noticed(stage: Stage) -> None:
    database = Database(stage.world.settings.database_url_for, pool=2)
    tx = database.force(stage.a.force.ref).begin(service("isolation"))
    assert await tx.value("select count(*) from app.force where id = $1") == 1
    assert database.connections().given_out == 1
    await tx.close()
    assert database.connections().given_out == 0
    await database.close()
