"""Who is behind what a victim reads, named as the force chooses to name its officers."""

from uuid import UUID

from trackmycrime.domain.cases.access import Case, Officer
from trackmycrime.domain.tenancy.configuration import Configuration, OfficerStyle
from trackmycrime.kit.words import _, language


def author(force: Configuration, case: Case, author_id: UUID | None, author_name: str) -> str:
    """Name the officer or team behind an entry; what the record system sent is the force's."""
    if case.officer and author_id == case.officer.id:
        return officer(force, case.officer)
    named = force.officers is OfficerStyle.NAME
    return author_name if author_name and named else force.name_in(language())


def officer(force: Configuration, known: Officer) -> str:
    """Name an officer by name, collar number or rank."""
    match force.officers:
        case OfficerStyle.NAME:
            return known.name if known.name.startswith(known.title) else f"{known.title} {known.name}".strip()
        case OfficerStyle.COLLAR_NUMBER:
            return _("Officer %(number)s", number=known.collar_number)
        case OfficerStyle.ROLE:
            return known.title or _("Your officer")
