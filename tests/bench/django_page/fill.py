"""Makes the tables, as many people and crimes as the service has, and prints the cookies of those who signed in."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "django_page.settings"
django.setup()

from django.conf import settings  # noqa: E402 - only a project that was set up can be imported
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django_page.models import Case, Entry  # noqa: E402


def _case(owner: User, reference: str) -> Case:
    due = (datetime.now(UTC) + timedelta(days=27)).date()
    said = {"offence": "Bicycle theft", "status": "Recorded as a crime", "officer": "PC Olive Orme", "unit": "Harbour"}
    return Case(owner=owner, reference=reference, due=due, **said)


def _entry(case: Case, number: int, text: str) -> Entry:
    at = datetime.now(UTC) - timedelta(days=number + 1)
    return Entry(
        case=case, kind="officer", author="Benchford Police", body=text.format(number=f"{number:02d}"), happened_at=at
    )


def _signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def fill(readers: int, others: int, entries: int, text: str) -> list[str]:
    """Return the session of each reader."""
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # our own two tables, which stand on the others
    users = User.objects.bulk_create(User(username=f"reader{n}") for n in range(readers + others))
    cases = Case.objects.bulk_create(_case(user, f"RD/{n:05d}/26") for n, user in enumerate(users))
    Entry.objects.bulk_create(_entry(case, n, text) for case in cases[:readers] for n in range(entries))
    return [_signed_in(user) for user in users[:readers]]


if __name__ == "__main__":
    json.dump(fill(**json.load(sys.stdin)), sys.stdout)
