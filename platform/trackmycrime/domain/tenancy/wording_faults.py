"""What keeps a force's own text from being used: a sentence that names what is wrong, for whoever wrote it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from trackmycrime.domain.tenancy import texts
from trackmycrime.domain.tenancy.texts import Text, Where
from trackmycrime.domain.tenancy.wording import Wording, places, without_places
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import ENGLISH, _, speaking

_NOT_TEXT = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # what nobody sees, or what turns the others around
_TAG = re.compile(r"<[A-Za-z/!?][^>]*>?|&(?:#\w+|[A-Za-z]\w*);")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|%\(|<%|\[\[|\]\]")
_DOUBLED = re.compile(r"\({2,}[^\s()]*\){0,2}|\){2,}")
_SCHEME = re.compile(r"\b(?:javascript|vbscript|data|file|blob|about|mailto|sms|tel)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s()<>\"]*://\S*")
_MAILBOX = re.compile(r"[^\s()<>\"@]+@[^\s()<>\"@]+")
_BARE = re.compile(r"(?<![\w.@-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?:/\S*)?(?![\w@])")
_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_GOOD = re.compile(rf"https://((?:{_LABEL}\.)+[a-z]{{2,24}})(?:[/?#][A-Za-z0-9/._~%!$&'*+,;=:@?#-]*)?")
_GOOD_MAILBOX = re.compile(rf"[A-Za-z0-9._%+-]+@(?:{_LABEL}\.)+[a-z]{{2,24}}")
_PRIVATE = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "private", "onion", "arpa", "invalid")
_MARKS = ".,;:!?')"
# The person on the sofa may read an email first (security.md, "Notifications"): stems, as they stand in folded words.
_TELLING = re.compile(
    r"\b(?:crim(?:e|in)\w*|victim\w*|offen[cd]\w*|suspect\w*|arrest\w*|charged|court\w*|officer\w*|police\w*|detective\w*|"
    r"cases?|assault\w*|abus\w*|domestic\w*|rap(?:e|ed|ist)|sexual\w*|stalk\w*|harass\w*|violen\w*|burgl\w*|robbe\w*|theft\w*|"
    r"thie(?:f|ves)|stolen|fraud\w*|attack\w*|injur\w*|witness\w*|evidence|investigat\w*|incidents?|trackmycrime)\b"
    r"|\w*(?:rosedd|ioddef|heddlu|heddwas|lismon|wyddog|arestio|mosod|ladrad|amdrin|ymchwil|twyll)\w*"
    r"|\b(?:llys|trais|drais|thrais|nhrais|tyst|dyst|thyst|achos|hachos)\w*"
)


def of(wording: Wording) -> dict[str, str]:
    """Return what is wrong with an own text: one sentence each for its `key`, its English `en` and its Welsh `cy`."""
    text = texts.find(wording.key)
    if text is None:
        return {"key": _("there is no text called “%(key)s”", key=wording.key)}
    if not (wording.en or wording.cy):
        return {"en": _("nothing is said: leave this text out to use the national wording")}
    if text.choices:
        return _of_choice(text, wording)
    found = {name: next(faults(text, said), "") for name, said in (("en", wording.en), ("cy", wording.cy)) if said}
    return {name: fault for name, fault in found.items() if fault}


def _of_choice(text: Text, wording: Wording) -> dict[str, str]:
    with speaking(ENGLISH):
        safe = text.choices() if text.choices else ()
    if wording.en not in safe:
        return {"en": _("this is chosen from a list, and “%(said)s” is not in it", said=wording.en)}
    return {"cy": _("the Welsh comes with what is chosen: leave it empty")} if wording.cy else {}


def faults(text: Text, said: str) -> Iterator[str]:
    """Return what is wrong with what a text says, the first thing first."""
    if not said.strip():
        yield _("it has only spaces in it: leave it empty to use the national wording")
    if len(said) > text.longest:
        yield _("it must be %(number)s characters or fewer", number=text.longest)
    yield from _signs(text, said)
    yield from chain(_code(said), _unknown_places(text, said), _addresses(text, said))
    if text.where is Where.EMAIL and (telling := _TELLING.search(" ".join(map(fold, said.split())))):
        yield _("“%(word)s” may tell somebody else what this is about: an email must not", word=telling[0])


def _signs(text: Text, said: str) -> Iterator[str]:
    allowed = {"\n"} if text.lines else set[str]()
    for sign in said:
        if sign == "\n" and not text.lines:
            yield _("it must be one paragraph: take the new line out")
        elif unicodedata.category(sign) in _NOT_TEXT - ({"Cc"} if sign in allowed else set()):
            yield _(
                "it has a sign in it that nobody can see (%(code)s): type the words anew", code=f"U+{ord(sign):04X}"
            )


def _code(said: str) -> Iterator[str]:
    for found in chain(_TAG.finditer(said), _TEMPLATE.finditer(said)):
        yield _("“%(said)s” is code: only plain words can stand here", said=found[0])


def _unknown_places(text: Text, said: str) -> Iterator[str]:
    for name in places(said):
        if name not in text.places:
            yield _("“((%(name)s))” is not known here: take it out, or use one from the list", name=name)
    for found in _DOUBLED.finditer(without_places(said)):
        yield _(
            "“%(said)s” is not a place that we can fill in: use single brackets, or one from the list", said=found[0]
        )


def _addresses(text: Text, said: str) -> Iterator[str]:
    for found in _SCHEME.finditer(said):
        yield _(
            "“%(said)s” leads out of the service: only addresses that begin with https:// can stand here", said=found[0]
        )
    found = [*_trimmed(_ADDRESS, said), *_trimmed(_MAILBOX, _ADDRESS.sub(" ", said))]
    if found and not text.links:
        yield _("“%(said)s” leads somewhere: this text must not", said=found[0])
    for address in found:
        if not _is_good(address):
            yield _("“%(said)s” cannot be used: give the whole address of a public site, with https://", said=address)
    for bare in _trimmed(_BARE, _MAILBOX.sub(" ", _ADDRESS.sub(" ", said))):
        yield _(
            "“%(said)s” looks like an address: begin it with https://, or put a space after the full stop", said=bare
        )


def _trimmed(pattern: re.Pattern[str], said: str) -> list[str]:
    return [found[0].rstrip(_MARKS) for found in pattern.finditer(said)]


def _is_good(address: str) -> bool:
    """Say whether it is a public site's or a mailbox: no number for a host, no name before it, nothing of a private network."""
    if "://" not in address:
        return _GOOD_MAILBOX.fullmatch(address) is not None
    found = _GOOD.fullmatch(address)
    return found is not None and found[1].rpartition(".")[2] not in _PRIVATE
