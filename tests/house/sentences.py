"""The catalogue of sentences: gathered from the sources, with what has been said in Welsh kept.

    ./dev words        brings platform/trackmycrime/locale/cy.po up to date; what is new waits there for its Welsh

A sentence whose Welsh nobody has reviewed is marked `fuzzy`. What victims and the public read must have Welsh before it is
merged; what only staff, operators and record systems read may wait.
"""

import csv
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCES = Path("platform/trackmycrime")
WELSH = SOURCES / "locale" / "cy.po"
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
_CALLS = {"_": None, "ngettext": (1, 2), "_forms": (1, 2)}
_NOT_OURS = {"node_modules", "static"}
_NAMES = {"title", "means", "text", "word", "meaning"}  # what holds a sentence in our data
_COLUMNS = ("hours", "who_for", "helps_with")
_NOT_FOR_VICTIMS = (
    "domain/auditing/",
    "domain/configuring",
    "domain/onboarding",
    "domain/logos",
    "domain/tenancy/footer",
    "domain/tenancy/own_file",
    "domain/tenancy/places",
    "domain/support/entries",
    "domain/support/spreadsheet",
    "domain/support/writing",
    "domain/tenancy/wording_faults",
    "domain/tenancy/rerouting",
    "domain/tenancy/units",
    "domain/identity/provider",
    "domain/identity/second_step",
    "domain/identity/deputies",
    "domain/staffing/",
    "domain/retention/",
    "domain/tenancy/retention",
    "domain/ingest/sifting",
    "web/common/deputies",
    "web/common/sheets",
    "web/common/holds",
    "web/common/rights",
    "web/common/templates/cells",
    "web/common/templates/holds",
    "web/common/templates/rights",
    "web/common/templates/deputies",
    "domain/identity/clients",
    "domain/identity/public_keys",
    "domain/ingest/first_load",
    "domain/ingest/mending",
    "domain/ingest/reasons",
    "domain/ingest/settling",
    "domain/ingest/trial",
    "domain/notifications/staff_wording",
    "web/staff/",
    "web/admin/",
    "web/operator/",
    "web/api/",
    "web/mailbox/",
    "web/common/update_events",
    "cli/",
    "settings.py",
)
# CLDR's six forms: none, one, two, three, six, and all others.
_FORMS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"


def gathered() -> Catalog:
    """Return every sentence of the sources, with the files it stands in."""
    catalogue = Catalog(locale=None, fuzzy=False)
    for name, _line, sentence, _comments, context in extract_from_dir(
        str(SOURCES), _METHODS, keywords=_CALLS, directory_filter=lambda folder: Path(folder).name not in _NOT_OURS
    ):
        catalogue.add(sentence, locations=[(name, 0)], context=context)
    for name, sentence in _in_data():
        catalogue.add(sentence, locations=[(name, 0)])
    return catalogue


def _in_data() -> Iterator[tuple[str, str]]:
    """Return the sentences that stand in data files, each with its file."""
    data = SOURCES / "data"
    for path in [data / "glossary.toml", *sorted((data / "victims_code").glob("*.toml"))]:
        told = _told(tomllib.loads(path.read_text("utf-8")))
        yield from ((str(path.relative_to(SOURCES)), sentence) for sentence in told)
    with (data / "helplines.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from (("data/helplines.csv", row[column]) for column in _COLUMNS if row[column])


def _told(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            yield from _told(inner, key)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _told(inner, name)
    elif isinstance(value, str) and name in _NAMES:
        yield value


def kept() -> Catalog:
    """Return the Welsh catalogue as it is written."""
    with WELSH.open("rb") as file:
        return read_po(file, locale="cy")


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """Return the sentences, without the header."""
    return (message for message in catalogue if message.id)


def is_for_victims(message: Message) -> bool:
    """Say whether victims or the public may read a sentence."""
    return any(not name.startswith(_NOT_FOR_VICTIMS) for name, _line in message.locations)


def is_said(message: Message) -> bool:
    """Say whether a sentence has its Welsh, in every form."""
    return all(forms(message))


def forms(message: Message) -> tuple[str, ...]:
    """Return the Welsh of a sentence: one form, or one for each kind of number."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def brought_up_to_date() -> bytes:
    """Return the Welsh catalogue as it should be written: the sources' sentences, in order, with the Welsh there is."""
    said = {message.id: message for message in sentences(kept())} if WELSH.exists() else {}
    fresh = Catalog(locale="cy", fuzzy=False, header_comment="")
    fresh.mime_headers = [("Plural-Forms", _FORMS)]
    for message in sorted(sentences(gathered()), key=lambda message: str(message.id)):
        known = said.get(message.id)
        files = sorted({(name, 0) for name, _line in message.locations})
        flags = ["fuzzy"] if known and known.fuzzy else []
        fresh.add(message.id, known.string if known else "", locations=files, flags=flags)
    written = BytesIO()
    write_po(written, fresh, width=120, omit_header=True, include_lineno=False)
    return _HEADER + written.getvalue()


_HEADER = f"""msgid ""
msgstr ""
"Language: cy\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {_FORMS}\\n"

""".encode()


def main() -> None:
    """Bring the catalogue up to date, and say how much is left to do."""
    WELSH.write_bytes(brought_up_to_date())
    all_of_them = list(sentences(kept()))
    ours = [message for message in all_of_them if is_for_victims(message)]
    sys.stdout.write(
        f"{len(all_of_them)} sentences, {len(ours)} of them for victims and the public;"
        f" of those {sum(not is_said(m) for m in ours)} without Welsh, {sum(m.fuzzy for m in ours)} not reviewed\n"
    )


if __name__ == "__main__":
    main()
