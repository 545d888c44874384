"""An administrator takes the audit away as a file, and the command says whether it is as it was written."""

import json
import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_staff
from tests.web.common.browser import tab

_LINKS, _SECONDS = 100, 60.0  # the clock seals what was just done every ten seconds


def wait_until_sealed(service: Service) -> None:
    until = time.monotonic() + _SECONDS
    while json.loads(service.run("audit", "verify", "--force", "kent", "--json").stdout)[0]["links"] < _LINKS:
        assert time.monotonic() < until, "the audit was not sealed"


def test_a_file_of_the_audit_proves_itself(service: Service, chromium: Browser, tmp_path: Path) -> None:
    wait_until_sealed(service)
    with tab(chromium) as opened:
        sign_in_staff(opened.page, service.person("admin"))
        for path, said in (("/admin/audit", "all of the chain"), ("/admin/audit?deed=records", "as they were written")):
            opened.page.goto(service.url("kent", path))
            with opened.page.expect_download() as download:
                opened.page.get_by_role("link", name="A file that proves itself").click()
            file = tmp_path / "audit.jsonl"
            download.value.save_as(file)
            checked = service.run("audit", "check", str(file))
            assert checked.returncode == 0, checked.stderr
            assert said in checked.stdout
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:7], lines[7].replace(b"event.applied", b"event.dropped"), *lines[8:]]))
    checked = service.run("audit", "check", str(file))
    assert checked.returncode == 1
    assert "wrong at line 8" in checked.stdout
    for wrong in (b"", b"not such a file", b"[]\n"):
        file.write_bytes(wrong)
        checked = service.run("audit", "check", str(file))
        assert (checked.returncode, "line 1" in checked.stderr) == (1, True), wrong
    assert service.run("audit", "check", str(tmp_path / "nowhere")).returncode == 1
