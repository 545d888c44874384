"""The sorts of help, in plain words."""

from collections.abc import Mapping

from trackmycrime.domain.tenancy.services import SupportCategory
from trackmycrime.kit.words import _, kept


@kept
def named() -> Mapping[SupportCategory, str]:
    """Name every sort of help, in the language of the moment."""
    return {
        SupportCategory.LISTENING: _("Someone to talk to"),
        SupportCategory.SAFETY: _("Staying safe"),
        SupportCategory.PRACTICAL: _("Help with daily life"),
        SupportCategory.HOUSING: _("A place to stay"),
        SupportCategory.MONEY: _("Money"),
        SupportCategory.COURT: _("Going to court"),
        SupportCategory.HEALTH: _("Health"),
        SupportCategory.CHILDREN: _("Help for children"),
        SupportCategory.OTHER: _("Other help"),
    }
