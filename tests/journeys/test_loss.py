"""The loss drill's short form: the real service at work, killed once at each named point and at random."""

import pytest

from tests.drill.loss.drill import Size, drill
from tests.drill.loss.killing import Point
from tests.drill.loss.running import Part

pytestmark = pytest.mark.xdist_group("loss")

# The worker first: what it was doing for a force when it died is taken up again after twenty seconds.
STRIKES = (
    (Point.AFTER_CLAIM, Part.WORKER),
    (Point.BEFORE_COMMIT, Part.BACKEND),
    (Point.AFTER_SEND, Part.WORKER),
    (Point.AFTER_COMMIT, Part.WEB),
    (Point.AFTER_SEND, Part.DATABASE),
    (Point.ANY, Part.WEB),
    (Point.BEFORE_COMMIT, Part.DATABASE),
)


def test_nothing_is_lost_doubled_or_untold_whatever_dies_when() -> None:
    run = drill(Size(60, STRIKES, seconds=60, forces=3, pause=1.0, wait_for_leases=False))
    assert run.operations >= 60
    assert (run.kills, run.missed) == (len(STRIKES) + 1, 0)
    found = run.found
    assert (found.lost, found.duplicated, found.missing, found.unexplained) == (0, 0, 0, 0)
    assert found.taken > 0
