"""One victim who goes from state to state, and the record system that makes them."""

import re
from uuid import uuid4

from tests.cast import Victim
from tests.journeys.conftest import Service
from tests.journeys.records import RecordSystem
from tests.journeys.seeing import Eye
from tests.journeys.test_arriving import open_mail_to


class Walk:
    """One victim's way through every state, with the record system that makes them."""

    def __init__(self, eye: Eye, service: Service, force: str, language: str) -> None:
        mark = uuid4().hex[:6]
        self.eye, self.page, self.service, self.force, self.language = eye, eye.page, service, force, language
        self.vera = Victim("Vera", "Vane", f"ST/{mark}/26", f"states-{mark}@example.org")
        self.late = f"ST/{mark}/25"
        self.codes = list[str]()
        self.number = f"07700 900{int(mark, 16) % 1000:03d}"
        self.records = RecordSystem(service, force)

    def push(self, *events: dict[str, object]) -> None:
        """Let the record system say something."""
        found = self.records.push(list(events))
        assert found["accepted"] == len(events), found

    def go(self, path: str) -> None:
        """Open a page of the force's site."""
        self.page.goto(self.service.url(self.force, path))

    def press(self, button: str) -> None:
        """Press a button in the page itself."""
        self.page.locator("main").get_by_role("button", name=button).first.click()

    def fill(self, **values: str) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]").fill(value)

    def say_who(self, **changes: str) -> None:
        """Fill in the three facts."""
        self.fill(**self.vera.typed(**changes))

    def code(self) -> str:
        """Read the code that went to the number last, in another tab, once it is there."""
        phone = self.page.context.new_page()
        for _try in range(40):
            open_mail_to(phone, self.service, f"+44{self.number.replace(' ', '')[1:]}")
            (code,) = re.findall(r"\b\d{6}\b", phone.locator("main").inner_text())
            if code not in self.codes:
                self.codes.append(code)
                phone.close()
                return code
            phone.wait_for_timeout(250)
        raise AssertionError
