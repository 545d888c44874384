"""A force whose own texts are hostile, and a record system that tells it nothing but hostile texts."""

from msgspec import structs

from tests import cast
from tests.cast import Victim, crime, event, moment
from tests.journeys.hostile import line, short, text
from trackmycrime.domain.tenancy.configuration import Configuration, Routing, SupportService
from trackmycrime.domain.tenancy.footer import FooterLink
from trackmycrime.domain.tenancy.wording import Wording

FORCE = "hostile"
VERA = Victim(line("given"), line("last"), short("REF1"), "vera.hostile@example.org")
SECOND = short("REF2")
OFFICER = {
    "collar_number": short("no"),
    "name": line("officer"),
    "role": line("rank"),
    "unit": line("unit"),
    "email": "officer.hostile@example.org",
}
ITEM = {
    "id": line("item"),
    "description": text("what"),
    "status": "missing",
    "make": line("make"),
    "model": line("model"),
    "serial": line("serial"),
}
# At risk, with an address that waits to be confirmed: what is asked of nobody else is asked of her.
THIRD = short("REF3")
ROSA = Victim(line("given3"), line("last3"), THIRD, "rosa.hostile@example.org")
# Our words, with every hostile value put into them.
_PLACES = "((force)), ((team)), ((phone)), ((update_days))"
WORDING = (
    Wording(key="email.invite", en="((sender)), ((phone))"),
    Wording(key="email.news", en="((sender)), ((phone))"),
    *(
        Wording(key=f"page.{name}", en=_PLACES)
        for name in ("messages", "progress", "property", "settings", "start", "support")
    ),
    Wording(key="sent.message", en=_PLACES),
    Wording(key="update.arrest", en=f"((officer)), {_PLACES}"),
)
LINKS = (
    FooterLink(
        name=line("foot"), name_cy=line("footcy"), web="https://www.example.org/?a=%22%3E%3Csvg%20onload=x()%3E"
    ),
)
OFFENCE = f"Theft of pedal cycle {line('offence')}"


def configuration() -> Configuration:
    """Return a live force whose own texts are hostile."""
    plain = structs.replace(cast.configuration(FORCE, line("force"), welsh=True), name_cy=line("forcecy"))
    service = SupportService(
        name=line("service"),
        helps_with=line("helps"),
        who_for=line("whom"),
        areas=line("areas"),
        hours=line("hours"),
        phone="0808 157 0000",
    )
    return structs.replace(
        plain, routing=Routing(contact_team=line("team")), support=(service,), wording=WORDING, footer=LINKS
    )


def records() -> list[dict[str, object]]:
    """Return what a hostile record system says."""
    first = {"offence": {"title": OFFENCE}, "officer": OFFICER, "property": [ITEM], "summary": text("summary")}
    return [
        crime(VERA.reference, [VERA.as_event()], **first),
        crime(SECOND, [VERA.as_event()], reported_at=moment(9)),
        event("update.published", VERA.reference, text=text("published")),
        event("stage.changed", VERA.reference, stage="investigation", text=text("stage")),
        event("hearing.listed", VERA.reference, court=line("court"), hearing_type=line("hearing"), at=moment(-7)),
        event("outcome.recorded", SECOND, code=18, text=text("outcome")),
    ]


def dangers() -> list[dict[str, object]]:
    """Return what makes the first victim one at risk whose new address waits, and another whom only a code lets in."""
    changed = VERA.as_event(safety=["stalking"], email="vera.other@example.org")
    return [
        event("victim.changed", VERA.reference, victim=changed),
        crime(THIRD, [ROSA.as_event(safety=["stalking"])], officer=OFFICER),
    ]


def waiting() -> list[dict[str, object]]:
    """Return what cannot be used as it came: a day that is none, a crime that nobody has."""
    return [
        event("hearing.listed", VERA.reference, court=line("court"), hearing_type=line("hearing"), at=line("at")),
        event("update.published", short("REF9"), text=text("published")),
    ]


def first_load() -> list[dict[str, object]]:
    """Return an open case of a first load."""
    return [crime(short("REF4"), [Victim(line("given4"), line("last4"), short("REF4"), "four@example.org").as_event()])]
