"""What was not sent is kept for whose session it was, and with anything wrong it is not kept at all."""

import pytest

from tests.isolation import unsent
from tests.isolation.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_only_the_right_cookie_token_and_case_together_keep_anything(stage: Stage) -> None:
    assert await unsent.right(stage)
    assert await unsent.refused(stage) == []
