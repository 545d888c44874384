"""Many people from a file: uploaded, looked at line by line, then carried out as a whole or not at all."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.staffing import importing
from trackmycrime.domain.staffing.importing import Fate, Line, Plan, PlanChanged, Row
from trackmycrime.domain.staffing.planning import FIELDS, Told
from trackmycrime.kit.errors import Invalid, TooLarge
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, staff_words
from trackmycrime.web.admin.staff import heads
from trackmycrime.web.common import sheets
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.sheets import Sheet
from trackmycrime.web.common.visit import AnyRequest, Visit

_PATH = f"{desk.STAFF}/import"
_LARGEST = 2 * 1024 * 1024
_SHOWN = 100  # lines of each kind


class UploadPage(Struct, frozen=True):
    """All that the form shows."""

    form: Form


class ImportLine(Struct, frozen=True):
    """What would become of a line: whom it is about, and what is changed or wrong."""

    number: int
    name: str
    says: tuple[str, ...]


class ImportGroup(Struct, frozen=True):
    """Lines with one fate: `more` says how many are not shown."""

    heading: str
    means: str
    lines: tuple[ImportLine, ...]
    more: str


class PlanPage(Struct, frozen=True):
    """All that is shown of a file before it is carried out; with a wrong line it cannot be."""

    problem: str
    action: str
    mark: str
    groups: tuple[ImportGroup, ...]
    unchanged: str
    asks: str
    can_carry_out: bool


def _too_large() -> str:
    return _("A file can have 2 MB, which is about 20,000 lines. Split it, and send one part after the other.")


class StaffImportController(Controller):
    """A file of people."""

    path = _PATH

    @get(opt={"permission": Permission.ADMIN_READ})
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """Ask for the file."""
        return _form(visit)

    @get("/example", opt={"permission": Permission.ADMIN_READ})
    async def example(self) -> Response[bytes]:
        """Return a file with the heads and one line, to be filled in."""
        line = (_("PC Sam Example"), "sam@example.org", _("Officer"), _("Response"), "1234")
        return sheets.download("staff-example.csv", sheets.written(_columns(), [line]))

    @post(
        opt={"permission": Permission.ADMIN_CHANGE, "too_large": _too_large},
        request_max_body_size=_LARGEST,
    )
    async def create(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Redirect:
        """Read the file, and show what would become of it. Nobody is changed."""
        try:
            import_id = await importing.keep(tx, _rows(await _uploaded(request)))
        except (Invalid, TooLarge) as refusal:
            return _form(visit, refusal)
        return go(f"{_PATH}/{import_id}")

    @get("/{import_id:uuid}", opt={"permission": Permission.ADMIN_READ})
    async def show(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], import_id: FromPath[UUID]
    ) -> Page:
        """Show what would become of it."""
        return await _shown(tx, visit, import_id)

    @post("/{import_id:uuid}", opt={"permission": Permission.ADMIN_CHANGE})
    async def carry_out(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        import_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Carry it out as it was looked at."""
        try:
            await importing.carry_out(tx, import_id, form.get("mark", ""))
        except PlanChanged as refusal:
            return await _shown(tx, visit, import_id, refusal)
        return go(f"{desk.STAFF}?done=imported")


async def _uploaded(request: AnyRequest) -> Sheet:
    found = (await request.form()).get("file")
    content = await found.read() if isinstance(found, UploadFile) else b""
    if not content:
        raise Invalid({"file": _("Choose a CSV file")})
    return sheets.read(content)


def _columns() -> tuple[str, ...]:
    return heads()[: len(FIELDS)]


def _rows(sheet: Sheet) -> list[Row]:
    """Return what the lines say, by the heads of their columns; what has another head is left alone."""
    there = [fold(head) for head in sheet.heads]
    missing = [head for head in _columns() if fold(head) not in there]
    if missing:
        raise Invalid({"file": _("The first line must have these heads: %(heads)s", heads=", ".join(_columns()))})
    places = [there.index(fold(head)) for head in _columns()]
    return [Row(number, _told(cells, places)) for number, cells in sheet.rows]


def _told(cells: tuple[str, ...], places: list[int]) -> Told:
    told = dict(zip(FIELDS, (cells[place] if place < len(cells) else "" for place in places), strict=True))
    return Told(**{**told, "role": staff_words.role_of(told["role"])})


def _form(visit: Visit, refusal: Invalid | TooLarge | None = None) -> Page:
    errors = refusal.fields if isinstance(refusal, Invalid) else {"file": refusal.message} if refusal else {}
    shown = UploadPage(Form({}, errors))
    return page("admin/staff/import.html", desk.frame(visit, desk.STAFF), refusal=refusal, page=shown)


async def _shown(tx: ForceTx, visit: Visit, import_id: UUID, refusal: PlanChanged | None = None) -> Page:
    plan = await importing.plan(tx, import_id)
    wrong, unchanged = plan.count(Fate.WRONG), plan.count(Fate.UNCHANGED)
    shown = PlanPage(
        problem=refusal.message if refusal else "",
        action=f"{_PATH}/{import_id}",
        mark=plan.mark,
        groups=tuple(group for fate in (Fate.WRONG, Fate.NEW, Fate.CHANGED) if (group := _group(plan, fate)).lines),
        unchanged=_unchanged(unchanged),
        asks=_asks(plan.asks),
        can_carry_out=not wrong and unchanged < len(plan.lines),
    )
    return page("admin/staff/import_plan.html", desk.frame(visit, desk.STAFF), refusal=refusal, page=shown)


def _group(plan: Plan, fate: Fate) -> ImportGroup:
    of_fate = [line for line in plan.lines if line.fate is fate]
    number, hidden = len(of_fate), max(0, len(of_fate) - _SHOWN)
    headings = {
        Fate.WRONG: (ngettext("%(num)s line is wrong", "%(num)s lines are wrong", number), ""),
        Fate.NEW: (
            ngettext("%(num)s person is new", "%(num)s people are new", number),
            _("They get a link by email, which works for 72 hours."),
        ),
        Fate.CHANGED: (ngettext("%(num)s person is changed", "%(num)s people are changed", number), ""),
    }
    heading, means = headings[fate]
    more = ngettext("And %(num)s more line.", "And %(num)s more lines.", hidden) if hidden else ""
    return ImportGroup(heading, means, tuple(map(_line, of_fate[:_SHOWN])), more)


def _line(line: Line) -> ImportLine:
    name = line.told.name or line.told.email or _("Nobody")
    if line.decision is None:
        return ImportLine(line.number, name, tuple(_wrong(line)))
    return ImportLine(line.number, name, tuple(_changes(line)))


def _wrong(line: Line) -> list[str]:
    words = {**line.wrong}
    if "role" in words and line.told.role not in staff_words.roles():
        words["role"] = _("The role must be one of: %(roles)s", roles=", ".join(staff_words.roles().values()))
    labels: dict[str, str] = dict(zip(FIELDS, _columns(), strict=True))
    return [f"{labels[field]}: {sentence}" for field, sentence in words.items()]


def _changes(line: Line) -> list[str]:
    decision = line.decision
    if decision is None or decision.before is None or not decision.before.role:
        told = line.told
        return [", ".join(filter(None, (told.email, staff_words.role(told.role), told.unit, told.collar_number)))]
    before, after = decision.before, decision.entry
    role = line.told.role if decision.asks else after.role
    pairs = (
        (before.name, after.name),
        (staff_words.role(before.role), staff_words.role(role)),
        (before.unit, after.unit),
        (before.collar_number, after.collar_number or ""),
    )
    heads_of = (_("Name"), _("Role"), _("Unit"), _("Collar number"))
    return [
        _("%(what)s: %(before)s becomes %(after)s", what=what, before=old or _("nothing"), after=new or _("nothing"))
        for what, (old, new) in zip(heads_of, pairs, strict=True)
        if old != new
    ]


def _unchanged(number: int) -> str:
    return ngettext("%(num)s line changes nothing.", "%(num)s lines change nothing.", number) if number else ""


def _asks(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s of them would be an administrator: another administrator decides that within 7 days.",
        "%(num)s of them would be administrators: another administrator decides that within 7 days.",
        number,
    )
