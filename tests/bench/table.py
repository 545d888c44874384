"""The figures as a table, the first and the best of each, beside what they should be; the last line is for machines."""

import json
import sys
from collections.abc import Callable, Sequence

from tests.bench import pages
from tests.bench.found import Found
from tests.bench.load import Measured

_NAMES = {
    pages.MESSAGES: "Messages, signed in, 20 entries",
    pages.BARE: "the same bytes from a bare Litestar handler",
    pages.DJANGO: "the same page in Django",
    pages.POST: "post a message",
    pages.INBOX: "the hub's inbox, 25 tasks",
    pages.SIGN_IN: "sign in (Argon2id)",
}
_OURS = (pages.MESSAGES, pages.POST, pages.INBOX, pages.SIGN_IN)
_TARGETS = {pages.MESSAGES: ">= 900", pages.POST: ">= 300"}
_COLUMNS = ("", "first", "best", "target", "web us", "db us", "p50 ms", "p99 ms", "MiB", "right", "wrong")


def tell(found: Found) -> int:
    """Print everything, and return 1 when a page gave a wrong answer: then its figures mean nothing."""
    rows = [_COLUMNS, ("requests per CPU-second (web and PostgreSQL), 8 clients",)]
    rows += [_page_row(found, page) for page in _NAMES]
    rows += [("ratios",), *_ratio_rows(found), ("events, notifications, memory",), *_work_rows(found)]
    sys.stdout.write("\n".join(_aligned(rows)) + "\n")
    for page, why in found.wrong.items():
        sys.stdout.write(f"WRONG  {page}: {why}\n")
    sys.stdout.write(json.dumps(figures(found)) + "\n")
    sys.stdout.flush()
    return 1 if found.wrong else 0


def _page_row(found: Found, page: str) -> tuple[str, ...]:
    every = found.of(page)
    rates = [m.per_cpu_second for m in every]
    best = max(every, key=lambda m: m.per_cpu_second)
    return (
        _NAMES[page],
        *(_short(rates[0]), _short(max(rates)), _TARGETS.get(page, "")),
        *(_short(best.web_cpu / max(best.right, 1) * 1e6), _short(best.database_cpu / max(best.right, 1) * 1e6)),
        *(f"{best.p50_ms:.1f}", f"{min(m.p99_ms for m in every):.1f}", f"{max(m.worker_mib for m in every):.0f}"),
        *(str(sum(m.right for m in every)), str(sum(m.wrong for m in every))),
    )


def _ratio_rows(found: Found) -> list[tuple[str, ...]]:
    """Compare within each round, so that what else the machine did matters little."""
    return [
        ("Messages to the page in Django", *_first_and_best(_ratios(found, pages.DJANGO), "{:.2f}"), ">= 5"),
        ("Messages to the bare handler", *_first_and_best(_ratios(found, pages.BARE), "{:.2f}"), ""),
    ]


def _ratios(found: Found, to: str) -> list[float]:
    pairs = zip(found.of(pages.MESSAGES), found.of(to), strict=True)
    return [mine.per_cpu_second / max(theirs.per_cpu_second, 0.01) for mine, theirs in pairs]


def _work_rows(found: Found) -> list[tuple[str, ...]]:
    left = found.poured[0].left
    return [
        ("events in, all applied, per second", *_first_and_best([p.per_second for p in found.poured]), ">= 5000"),
        ("  per CPU-second", *_first_and_best([p.per_cpu_second for p in found.poured]), ""),
        ("  raw COPY of as many rows, per second", *_first_and_best([p.copied_per_second for p in found.poured]), ""),
        (f"  each batch left {', '.join(f'{number} {table}' for table, number in left.items())}",),
        (
            "notifications to a null provider, per second",
            *_first_and_best([s.per_second for s in found.sent]),
            ">= 2000",
        ),
        ("  per CPU-second", *_first_and_best([s.per_cpu_second for s in found.sent]), ""),
        ("  SAQ's own rate of empty jobs, per second", *_first_and_best([s.jobs_per_second for s in found.sent]), ""),
        ("web worker at rest, MiB: after pages, after batches", *_two(found), "<= 200"),
        (f"Messages p99 at 8 clients: {_p99(found.of(pages.MESSAGES)):.1f} ms (<= 50)", ""),
    ]


def _two(found: Found) -> tuple[str, str]:
    return f"{found.worker_mib:.0f}", f"{found.worker_mib_after_batches:.0f}"


def _first_and_best(values: Sequence[float], shape: str = "{:.0f}") -> tuple[str, str]:
    return shape.format(values[0]), shape.format(max(values))


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _p99(every: Sequence[Measured]) -> float:
    return min(m.p99_ms for m in every)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    whole = [row for row in rows if len(row) > 1]
    widths = [max(len(row[n]) for row in whole if n < len(row)) for n in range(len(_COLUMNS))]
    return [
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        if len(row) > 1
        else row[0]
        for row in rows
    ]


def figures(found: Found) -> dict[str, float]:
    """Return the figures that others rely on: the best of each, and the first beside it."""
    return {**_figures(found, max, min), **{f"first_{k}": v for k, v in _figures(found, _first, _first).items()}}


def _first(values: Sequence[float]) -> float:
    return values[0]


def _figures(
    found: Found, most: Callable[[list[float]], float], least: Callable[[list[float]], float]
) -> dict[str, float]:
    rates = {page: most([m.per_cpu_second for m in found.of(page)]) for page in _NAMES}
    told = {
        "messages_per_cpu_second": rates[pages.MESSAGES],
        "messages_p99_ms": least([m.p99_ms for m in found.of(pages.MESSAGES)]),
        "post_per_cpu_second": rates[pages.POST],
        "inbox_per_cpu_second": rates[pages.INBOX],
        "sign_in_per_cpu_second": rates[pages.SIGN_IN],
        "ingest_events_per_second": most([p.per_second for p in found.poured]),
        "ingest_events_per_cpu_second": most([p.per_cpu_second for p in found.poured]),
        "copy_rows_per_second": most([p.copied_per_second for p in found.poured]),
        "dispatch_per_second": most([s.per_second for s in found.sent]),
        "saq_jobs_per_second": most([s.jobs_per_second for s in found.sent]),
        "worker_mib": max(found.worker_mib, found.worker_mib_after_batches),
        "worker_mib_under_load": max(m.worker_mib for page in _OURS for m in found.of(page)),
        "bare_per_cpu_second": rates[pages.BARE],
        "django_messages_per_cpu_second": rates[pages.DJANGO],
        "messages_to_django": most(_ratios(found, pages.DJANGO)),
        "messages_to_bare": most(_ratios(found, pages.BARE)),
    }
    return {name: round(value, 2) for name, value in told.items()}
