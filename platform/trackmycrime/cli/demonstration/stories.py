"""The shape of a story: whom it happened to, and what the record system goes on to say about it."""

from typing import Literal

from msgspec import Struct

type Stage = Literal[
    "needs_assessed", "investigation", "file_to_cps", "charging_decision", "first_hearing", "crown_court", "sentence"
]
type Kind = Literal[
    "note",
    "witness_identified",
    "suspect_identified",
    "arrest",
    "interview",
    "bail",
    "charge",
    "no_further_action",
    "property_recovered",
]
type Contact = Literal["both", "email", "mobile", "none", "new"]
type Travel = Literal["prompt", "early", "late", "twice"]


class Offence(Struct, frozen=True):
    """A CJS offence code with its standing-data title."""

    code: str
    title: str


ACTUAL_BODILY_HARM = Offence("OF61102", "Assault a person thereby occasioning them actual bodily harm")
AGGRAVATED_HARASSMENT = Offence("CD98069", "Racially / religiously aggravated harassment without violence")
ATTEMPTED_BURGLARY = Offence("TH68026A", "Attempt burglary dwelling with intent to steal")
BURGLARY_DWELLING = Offence("TH68036", "Burglary dwelling and theft - no violence")
BURGLARY_OTHER = Offence("TH68037", "Burglary other than dwelling - theft")
COERCIVE_CONTROL = Offence("SC15004", "Engage in controlling / coercive behaviour in an intimate / family relationship")
COMMON_ASSAULT = Offence("CJ88001", "Common assault")
CRIMINAL_DAMAGE = Offence("CD71039", "Criminal damage to property - value under £5000")
FRAUD = Offence("FA06001", "Fraud by false representation - Fraud Act 2006")
HARASSMENT = Offence("PH97004", "Harassment without violence")
ROBBERY = Offence("TH68023", "Robbery")
SHOP_THEFT = Offence("TH68010", "Theft from a shop")
STALKING = Offence("PH97011", "Stalking involving serious alarm / distress")
THEFT_FROM_PERSON = Offence("TH68001", "Theft from the person of another")
THEFT_FROM_VEHICLE = Offence("TH68007", "Theft from a motor vehicle")
THEFT_OF_CYCLE = Offence("TH68006", "Theft of pedal cycle")
THEFT_OF_VEHICLE = Offence("TH68013", "Theft of motor vehicle")
THREATS_TO_KILL = Offence("OF61014", "Threats to kill")
VEHICLE_INTERFERENCE = Offence("CA81001", "Vehicle interference - motor vehicle")
VEHICLE_TAKEN = Offence("TH68050", "Take a motor vehicle without the owners consent")
WALK_IN_THEFT = Offence("TH68016", "Theft by walk-in (sneak-in)")
WOUNDING = Offence("OF61131", "Wound / inflict grievous bodily harm without intent")


class Part(Struct, frozen=True):
    """A person in a story; the same key in two stories is the same person. `safety` None means nobody has asked."""

    key: str
    ages: tuple[int, int] = (19, 79)
    role: Literal["victim", "reporter", "proxy"] = "victim"
    consent: Literal["opted_in", "opted_out"] = "opted_in"
    suitability: Literal["suitable", "unsuitable", "not_assessed"] = "suitable"
    safety: tuple[str, ...] | None = ()
    contact: Contact = "both"
    enhanced: bool = False
    language: Literal["en", "cy"] = "en"
    proxy_for: str | None = None


class Goods(Struct, frozen=True):
    """One item of property, in the record system's fields; its key is unique within the story."""

    key: str
    description: str
    category: str
    status: Literal["missing", "damaged", "recovered"] = "missing"
    make: str | None = None
    model: str | None = None
    serial: str | None = None
    value_pence: int | None = None


class Step(Struct, frozen=True):
    """Something that happened `ago` days before today."""

    ago: int


class Sent(Step, frozen=True, kw_only=True):
    """A step that the record system sends on: in its turn, before the crime itself, days late, or twice."""

    travel: Travel = "prompt"


class Said(Sent, frozen=True):
    """An update for the victims; `to` holds keys of parts."""

    text: str
    kind: Kind = "note"
    to: tuple[str, ...] = ()
    language: Literal["en", "cy"] = "en"


class Moved(Sent, frozen=True):
    """The case reaches a stage."""

    stage: Stage
    text: str | None = None


class Assigned(Sent, frozen=True):
    """An officer takes the case: the story's own, or the one `further` down the force's list."""

    further: int = 0


class Listed(Sent, frozen=True):
    """A hearing `when` days from today; a string is sent as it stands, right or wrong."""

    when: int | str
    hearing_type: str
    court: Literal["magistrates", "crown"] = "magistrates"


class Ended(Sent, frozen=True):
    """An outcome, by its Home Office code."""

    code: int
    text: str


class Found(Sent, frozen=True):
    """Property recorded after the report, or in a new state."""

    items: tuple[Goods, ...]


class Changed(Sent, frozen=True):
    """What the record system now says of a person."""

    part: Part


class Shut(Sent, frozen=True):
    """The crime is closed."""

    text: str


class Reopened(Sent, frozen=True):
    """The crime is opened again."""

    text: str


type Telling = Said | Moved | Assigned | Listed | Ended | Found | Changed | Shut | Reopened


class Story(Struct, frozen=True):
    """One crime, reported `ago` days before today; `officer` counts down the force's list, None when nobody has it."""

    key: str
    offence: Offence
    ago: int
    summary: str
    parts: tuple[Part, ...]
    steps: tuple[Telling, ...] = ()
    goods: tuple[Goods, ...] = ()
    officer: int | None = None
    recorded: bool = True
