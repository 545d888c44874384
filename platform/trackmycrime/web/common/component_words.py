"""What the components say by themselves, in the language of the moment."""

from collections.abc import Callable

from trackmycrime.kit import words
from trackmycrime.kit.words import _

type Params = dict[str, object]

# Intl.PluralRules picks one of these in the browser; Welsh uses them all.
_WELSH_FORMS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 4}
_ENGLISH_FORMS = {"one": 1, "other": 2}


def defaults(component: str) -> Params:
    """Return the texts of a component that a page need not give itself."""
    texts = _TEXTS.get(component)
    return texts() if texts else {}


def nested(component: str) -> dict[str, Params]:
    """Return the texts inside a component's parts, by the part; they count only where the page uses that part."""
    if component == "pagination":
        return {"previous": {"text": _("Previous page")}, "next": {"text": _("Next page")}}
    return {"errorMessage": {"visuallyHiddenText": _("Error")}}


def page_label(number: object) -> str:
    """Return what the link to one page of many says to a screen reader."""
    return _("Page %(number)s", number=number)


def _character_count() -> Params:
    # the browser fills in %{count}
    return {
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersUnderLimitText": _forms(
            "You have %(num)s character remaining", "You have %(num)s characters remaining"
        ),
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersOverLimitText": _forms(
            "You have %(num)s character too many", "You have %(num)s characters too many"
        ),
    }


def _forms(one: str, many: str) -> dict[str, str]:
    forms = _WELSH_FORMS if words.language() == words.WELSH else _ENGLISH_FORMS
    return {form: words.ngettext(one, many, example, num="%{count}") for form, example in forms.items()}


def _password_input() -> Params:
    return {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def _exit_this_page() -> Params:
    return {
        "text": _("Exit this page"),
        "activatedText": _("Leaving."),
        "timedOutText": _("Exit this page expired."),
        "pressTwoMoreTimesText": _("Shift, press 2 more times to exit."),
        "pressOneMoreTimeText": _("Shift, press 1 more time to exit."),
    }


def _file_upload() -> Params:
    return {
        "chooseFilesButtonText": _("Choose file"),
        "dropInstructionText": _("or drop file"),
        "noFileChosenText": _("No file chosen"),
    }


_TEXTS: dict[str, Callable[[], Params]] = {
    "back-link": lambda: {"text": _("Back")},
    "breadcrumbs": lambda: {"labelText": _("Breadcrumb")},
    "character-count": _character_count,
    "error-message": lambda: {"visuallyHiddenText": _("Error")},
    "error-summary": lambda: {"titleText": _("There is a problem")},
    "exit-this-page": _exit_this_page,
    "file-upload": _file_upload,
    "notification-banner": lambda: {"titleText": _("Important")},
    "pagination": lambda: {"landmarkLabel": _("Pages")},
    "password-input": _password_input,
    "skip-link": lambda: {"text": _("Skip to main content"), "href": "#main-content"},
    "warning-text": lambda: {"iconFallbackText": _("Warning")},
}
