"""What went wrong between the service and a force's own provider, in the words of whoever sets it up."""

from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.kit.words import _


def roles() -> dict[StaffRole, str]:
    """Name what people are here."""
    return {
        StaffRole.ADMIN: _("Administrators"),
        StaffRole.SUPERVISOR: _("Supervisors"),
        StaffRole.HUB: _("Contact team"),
        StaffRole.OFFICER: _("Officers"),
    }


def failure(why: str) -> str:
    """Say what went wrong, and what to do about it."""
    known = _of_the_way() | _of_the_answer() | _of_the_person()
    return known.get(why) or _("What your provider sent could not be used. Try again, then ask whoever runs it.")


def _of_the_way() -> dict[str, str]:
    return {
        "unreachable": _("Your provider did not answer within 5 seconds. Check the address, or try again later."),
        "forbidden_address": _("This address is not on the internet, or does not begin with https://. Check it."),
        "redirects": _("Your provider sends us on to another address. Enter the address that it gives itself."),
        "too_large": _("Your provider sent more than a provider sends. Check the address."),
        "refused": _("Your provider did not accept this service. Check its name and its secret there."),
        "unusable": _("There is no provider at this address, or it calls itself something else. Check every letter."),
    }


def _of_the_answer() -> dict[str, str]:
    other = _("Your provider answered for something else than this service. Check the name it gave this service.")
    return {
        "signature": _("What your provider sent is not signed in a way that we can trust."),
        "issuer": _("What your provider sent has another address in it. Enter that address above."),
        "issuer of the answer": _("The answer came from another provider than the one above."),
        "audience": other,
        "nonce": _("Your provider sent an old answer. Try again."),
        "expired": _("What your provider sent is too old. Its clock may be wrong."),
        "from the future": _("What your provider sent is from the future. Its clock may be wrong."),
        "an error": _("Your provider did not let this person in."),
    }


def _of_the_person() -> dict[str, str]:
    return {
        "no second factor": _("This person signed in without a second step. Ask for one at your provider."),
        "suspended": _("This person is suspended here."),
        "no address": _(
            "Your provider does not say that the email address is theirs. Let it confirm addresses, "
            "or say above that your force gives them out."
        ),
        "another account": _("The email address belongs to another account of your provider."),
        "no role": _(
            "None of this person's groups is named above, or only one of administrators, which they are not here yet."
        ),
        "not an administrator": _(
            "It works, but you would not be an administrator any more. Name a group of yours under Administrators."
        ),
    }
