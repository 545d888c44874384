"""The long form: a thousand operations under more than a hundred kills, in about ten minutes."""

from msgspec import structs, to_builtins

from tests.drill.figures import tell
from tests.drill.loss.drill import Size, drill, mixed, named
from tests.drill.loss.killing import Point
from tests.drill.loss.running import Part

_STRIKES = mixed(
    (Point.ANY, Part.WEB, 24),
    (Point.ANY, Part.SERVER, 4),
    (Point.ANY, Part.WORKER, 16),
    (Point.ANY, Part.DATABASE, 14),
    (Point.ANY, Part.BACKEND, 8),
    (Point.BEFORE_COMMIT, Part.WEB, 5),
    (Point.BEFORE_COMMIT, Part.DATABASE, 4),
    (Point.BEFORE_COMMIT, Part.BACKEND, 3),
    (Point.AFTER_COMMIT, Part.WEB, 12),
    (Point.AFTER_CLAIM, Part.WORKER, 6),
    (Point.AFTER_CLAIM, Part.DATABASE, 2),
    (Point.AFTER_SEND, Part.WORKER, 6),
    (Point.AFTER_SEND, Part.DATABASE, 4),
)

if __name__ == "__main__":
    run = drill(Size(1000, _STRIKES, seconds=600, web_workers=2))
    found = run.found
    tell(
        {
            "operations": run.operations,
            "kills": run.kills,
            **structs.asdict(found),
            "recovery_seconds": {part: {"median": times[0], "worst": times[1]} for part, times in run.recovery.items()},
            **{
                name: to_builtins(getattr(run, name))
                for name in ("points", "missed", "lost_answers", "sent_again", "seconds")
            },
        },
        held={
            "at least 1,000 operations": run.operations >= 1000,
            "at least 100 kills": run.kills >= 100,
            "every named point was reached": {named(*strike) for strike in _STRIKES} <= set(run.points),
            "nothing that was answered for is lost": found.lost == 0,
            "nothing is there twice": found.duplicated == 0,
            "no notice is missing": found.missing == 0,
            "extra sends only where the answer was lost, with the same Message-ID": found.unexplained == 0,
        },
    )
