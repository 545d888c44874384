"""Scripts in every text field, from record systems, forms, files and addresses: shown as text, executed zero times."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import hostile_administration as administration
from tests.journeys import hostile_visits as visits
from tests.journeys.conftest import Service
from tests.journeys.hostile import Watched, fields_of_all_forms, text, watched
from tests.journeys.hostile_force import FORCE, OFFICER, VERA, configuration, records
from tests.journeys.hostile_visits import look_as_staff, look_as_victim, register_staff
from tests.journeys.records import RecordSystem
from trackmycrime.domain.tenancy import canonical

pytestmark = pytest.mark.xdist_group("service")


@pytest.fixture
def hostile(service: Service, tmp_path: Path) -> None:
    """Put the force on board, from its file, with what its record system says."""
    file = tmp_path / "force.toml"
    file.write_bytes(canonical.write(configuration()))
    applied = service.run("force", "apply", str(file))
    assert applied.returncode == 0, applied.stderr
    answer = RecordSystem(service, FORCE).push(records())
    assert (answer["held"], answer["rejected"]) == ([], [])


@pytest.mark.usefixtures("hostile")
def test_hostile_text_is_shown_as_text_and_runs_nowhere(service: Service, chromium: Browser) -> None:
    faults: list[str] = []
    filled: set[str] = set()

    def note(*pages: Watched) -> None:
        for seen in pages:
            faults.extend(seen.faults)
            filled.update(seen.filled)

    with watched(chromium) as anybody, watched(chromium, policy=False) as bare:
        visits.signed_out_pages(service, anybody)
        visits.signed_out_pages(service, bare)
        note(anybody, bare)
    with watched(chromium) as victim, watched(chromium) as team, watched(chromium) as officer:
        visits.arrive(service, victim)
        visits.victims_pages(service, victim)
        visits.as_contact_team(service, team)
        register_staff(officer.page, visits.invited(service, "officer", OFFICER["email"]))
        look_as_staff(service, officer, visits.case_of(service, officer, VERA.reference), text("update"), text("reply"))
        look_as_victim(service, victim, text("update"), text("reply"))
        for role, look in ((victim, look_as_victim), (officer, lambda s, w: look_as_staff(s, w, officer.page.url))):
            with watched(chromium, policy=False, like=role) as bare:
                look(service, bare)
                note(bare)
        visits.those_at_risk(service, victim, team)
        note(victim, team, officer)
    with watched(chromium) as supervisor:
        register_staff(supervisor.page, visits.invited(service, "supervisor", "supervisor.hostile@example.org"))
        supervisor.fill_every_form(service.url(FORCE, "/staff/deputies"))
        note(supervisor)
    with watched(chromium) as admin, watched(chromium) as operator:
        register_staff(admin.page, visits.invited(service, "admin", "admin.hostile@example.org"))
        administration.as_administrator(service, admin)
        visits.as_operator(service, operator)
        with watched(chromium, policy=False, like=operator) as bare:
            visits.look_as_operator(service, bare)
            note(bare)
        operator.look(service.url("mailbox"))
        note(admin, operator)
    assert faults == []
    assert fields_of_all_forms() - filled == set()
