"""Offences: their titles, the plain group each belongs to, and whether writing to its victim may be dangerous."""

import csv
import re
import tomllib
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct, convert

from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.kit.words import _, kept
from trackmycrime.store.cases import rows
from trackmycrime.tx import ForceTx

_REMEMBERED = 4096  # a force's day has a few hundred different offences; this bounds what a worker keeps


def title(code: str) -> str | None:
    """Return the standing title of a CJS offence code, or None when the code is not one."""
    return _title(_tidy(code))


def group(code: str, offence_title: str) -> OffenceGroup:
    """Say which plain group an offence belongs to: by its code, else by its titles, given and standing."""
    return _judged(_tidy(code), offence_title).group


def risky(code: str, offence_title: str, *, extra: Collection[str] = ()) -> bool:
    """Say whether a person must look at the case before anything is sent to its victim.

    `extra` holds the codes that the force itself calls risky; a code stands for its attempts and conspiracies too
    (TH68010 for TH68010A). An offence that nothing recognises is risky: see data/risky_offences.toml for the reason.
    """
    tidy = _tidy(code)
    return _judged(tidy, offence_title).risky or tidy.startswith(tuple(extra))


async def call_risky(tx: ForceTx, codes: Collection[str]) -> int:
    """Call the cases of these codes risky that are here already; return how many were not so before."""
    return await rows.call_risky(tx, list(codes))


def group_is_risky(offence_group: OffenceGroup) -> bool:
    """Say whether the whole group is risky to write about; a group that has no rule of its own is."""
    return next((rule.risky for rule in _rules().group if rule.name is offence_group), True)


@kept
def plain(offence_group: OffenceGroup) -> str:
    """Name a group of offences in the words a victim would use, in the language of the moment."""
    return {
        OffenceGroup.BURGLARY: _("Burglary"),
        OffenceGroup.ROBBERY: _("Robbery"),
        OffenceGroup.THEFT: _("Theft"),
        OffenceGroup.SHOPLIFTING: _("Theft from a shop"),
        OffenceGroup.VEHICLE: _("Vehicle crime"),
        OffenceGroup.BICYCLE: _("Bicycle theft"),
        OffenceGroup.DAMAGE: _("Damage to property"),
        OffenceGroup.VIOLENCE: _("Violence"),
        OffenceGroup.SEXUAL: _("Sexual offence"),
        OffenceGroup.STALKING: _("Stalking or harassment"),
        OffenceGroup.THREATS: _("Threats"),
        OffenceGroup.DOMESTIC: _("Domestic abuse"),
        OffenceGroup.HONOUR_BASED: _("Honour-based abuse"),
        OffenceGroup.EXPLOITATION: _("Exploitation"),
        OffenceGroup.FRAUD: _("Fraud"),
        OffenceGroup.PUBLIC_ORDER: _("Public order offence"),
        OffenceGroup.WEAPONS: _("Weapons offence"),
        OffenceGroup.DRUGS: _("Drugs offence"),
        OffenceGroup.DRIVING: _("Driving offence"),
        OffenceGroup.OTHER: _("Other crime"),
    }[offence_group]


def _tidy(code: str) -> str:
    return code.strip().upper()


class _GroupRule(Struct, frozen=True, forbid_unknown_fields=True):
    name: OffenceGroup
    risky: bool
    codes: tuple[str, ...]
    phrases: tuple[str, ...]


class _Rules(Struct, frozen=True, forbid_unknown_fields=True):
    not_risky_phrases: tuple[str, ...]
    risky_codes: tuple[str, ...]
    risky_phrases: tuple[str, ...]
    group: tuple[_GroupRule, ...]


class _Judgement(Struct, frozen=True):
    group: OffenceGroup
    risky: bool


@lru_cache(_REMEMBERED)
def _judged(code: str, offence_title: str) -> _Judgement:
    texts = [_words(text) for text in (offence_title, _title(code)) if text]
    found = _group_of(code, texts)
    if found is None:
        return _Judgement(OffenceGroup.OTHER, risky=True)
    return _Judgement(found.name, risky=found.risky or _any_risk(code, texts))


def _group_of(code: str, texts: list[str]) -> _GroupRule | None:
    rules = _rules().group
    by_code = next((rule for rule in rules if code.startswith(rule.codes)), None)
    by_title = (rule for text in texts for rule in rules if _pattern(rule.phrases).search(text))
    return by_code or next(by_title, None)


def _any_risk(code: str, texts: list[str]) -> bool:
    """Risk adds up: a burglary with intent to do grievous bodily harm is a burglary, and is risky."""
    codes, phrases = _risks()
    told = (_pattern(_rules().not_risky_phrases).sub(" ", text) for text in texts)
    return code.startswith(codes) or any(_pattern(phrases).search(text) for text in told)


@cache
def _risks() -> tuple[tuple[str, ...], tuple[str, ...]]:
    risky_rules = [rule for rule in _rules().group if rule.risky]
    codes = [*_rules().risky_codes, *(code for rule in risky_rules for code in rule.codes)]
    phrases = [*_rules().risky_phrases, *(phrase for rule in risky_rules for phrase in rule.phrases)]
    return tuple(codes), tuple(phrases)


def _words(text: str) -> str:
    """Lay a title out as its words: A.B.H. is abh, other punctuation is a space."""
    spelled = re.sub(r"\b(\w)\.", r"\1", text.casefold())
    return " ".join(re.findall(r"\w+", spelled))


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases) + r")\b")


@cache
def _rules() -> _Rules:
    content = (files("trackmycrime.data") / "risky_offences.toml").read_text("utf-8")
    return convert(tomllib.loads(content), _Rules)


@lru_cache(_REMEMBERED)
def _title(code: str) -> str | None:
    """Look the code up in the file's own bytes: a dict of 15,352 titles costs each worker three times more."""
    table, wanted = _table(), code.encode()
    low, high = table.index(b"\n") + 1, len(table)
    while low < high:
        start = table.rindex(b"\n", 0, (low + high) // 2) + 1
        end = table.index(b"\n", start)
        found, _comma, _rest = table[start:end].partition(b",")
        if found == wanted:
            return next(csv.reader([table[start:end].decode()]))[1]
        low, high = (end + 1, high) if found < wanted else (low, start)
    return None


@cache
def _table() -> bytes:
    return (files("trackmycrime.data") / "cjs" / "offences.csv").read_bytes()
