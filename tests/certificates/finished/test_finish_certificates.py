"""manage.py finish_certificates, and how far the papers are."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation_engine.certificates.finished.finishing import current_paper, finish
from accreditation_engine.certificates.finished.standing import PATIENCE, Progress, progress
from accreditation_engine.certificates.keys.files import key_file
from accreditation_engine.certificates.keys.keeping import current, retire
from accreditation_engine.certificates.keys.models import PAPER
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.jobs.status import backlogs

WHY = ("--reason", "تصحيح الاسم", "--by", "system")


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("finish_certificates", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_what_has_no_paper_gets_one(certificate: Certificate) -> None:
    assert progress() == Progress(waiting=1, overdue=0, issued=1)
    code, out, _err = run("--format", "json")
    assert (code, json.loads(out)["made"], json.loads(out)["failed"]) == (0, 1, {})
    assert progress().waiting == 0
    assert "every certificate" in backlogs()["papers"].sentence
    assert "Papers made: " in run()[1]


def test_what_stands_against_a_paper_is_said_with_its_remedy(certificate: Certificate) -> None:
    key_file(current(PAPER)).unlink()
    code, _out, err = run()
    assert code == 1
    assert certificate.number in err
    assert "put it back from the backup" in err
    retire(PAPER, reason="ضاع")
    assert "signing_keys --use paper --rotate" in run()[2]


def test_a_certificate_that_waits_too_long_is_told_to_whoever_looks_after_the_work(
    certificate: Certificate,
) -> None:
    assert not backlogs()["papers"].wrong
    with time_machine.travel(timezone.now() + PATIENCE + timedelta(minutes=1), tick=False):
        found = backlogs()["papers"]
    assert found.wrong
    assert found.counts == {"certificates_waiting": 1, "certificates_overdue": 1}


def test_a_paper_is_made_anew_for_a_reason(certificate: Certificate) -> None:
    finish(certificate)
    with pytest.raises(CommandError, match="Say why"):
        run("--again", certificate.number)
    with pytest.raises(CommandError, match="no certificate"):
        run("--again", "C-0000-9", *WHY)
    assert run("--again", certificate.number, *WHY)[0] == 0
    paper = current_paper(certificate)
    assert paper is not None
    assert paper.version == 2
