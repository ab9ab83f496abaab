"""manage.py demo: an invented organisation from nothing to its certificate, again and again."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.demo.cast import DOMAIN, PEOPLE
from accreditation_engine.demo.world import OTHERS, PROTAGONIST
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import Engagement, Membership, User
from accreditation_engine.reviews.apart import reviews_apart
from accreditation_engine.trail.models import Checkpoint, Event

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("keys_of_its_own"),
    pytest.mark.same_on_any_database,  # .ci/run plays the demo on both, as anybody does
]

CHAPTERS = [
    "The schemes",
    f"File IC-2026-0001, {PROTAGONIST.name_en}",
    "What the reviewers found",
    "The certificate",
    "Other files, for you to go on with",
    "What keeps certificates alive",
    "What the certificate covers",
    "What strangers say",
    "The trail",
    "A signed checkpoint of it",
    "Sign in as",
]
PAPER = site.VAR_DIR / "demo" / "certificate.pdf"


def demo() -> str:
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out)
    return out.getvalue()


def protagonist() -> Dossier:
    return Dossier.objects.get(organisation__name_en=PROTAGONIST.name_en)


def test_from_an_empty_database_to_the_certificate_and_once_more_after_a_visitor() -> None:
    PAPER.unlink(missing_ok=True)
    told = demo()
    year = protagonist().opened_at.year
    headings = [line for line in told.splitlines() if line and not line.startswith(" ")]
    assert headings == [each.replace("2026", str(year)) for each in CHAPTERS]
    assert protagonist().state == "certified"
    assert f"{Certificate.objects.get(dossier=protagonist()).number}, valid until" in told
    assert "all as they were written" in told
    with pikepdf.open(PAPER) as paper:
        assert len(paper.pages) == 1
    assert list(verify_all()) == []
    _tells_every_step(told)
    _shows_a_sign_in_a_role(told)
    _leaves_files_to_go_on_with()
    _leaves_upkeep_to_go_on_with()
    _leaves_concerns_to_go_on_with()
    _leaves_a_change_of_scope_and_a_reader_to_go_on_with()

    moved = Dossier.objects.get(state="screening")
    coordinator = User.objects.get(email=f"coordinator@{DOMAIN}")
    perform(moved, "return_for_completion", coordinator, comment="صفحة ناقصة")

    paper, before = PAPER.read_bytes(), _everything()
    again = demo()
    assert _everything() == before
    assert Dossier.objects.get(pk=moved.pk).state == "returned"
    assert PAPER.read_bytes() == paper
    assert _without_counts(again).replace("Returned for completion", "Screening") == _without_counts(told)
    last = Checkpoint.objects.order_by("-size").first()
    assert f"{last.size} events are under the root {last.root}" in again
    assert last.size == before[-1]


def _without_counts(told: str) -> str:
    """Between the two runs a visitor made an event, and the first checkpoint a key."""
    return re.sub(r"\d+ (events|streams)|root [0-9a-f]{64}", "", told)


def _everything() -> tuple[Any, ...]:
    rows = [list(model.objects.order_by("pk").values()) for model in (Certificate, Dossier, User, Edition)]
    return (*rows, Event.objects.count())


def test_reviewers_of_one_file_still_have_to_agree_so_that_a_visitor_can_look_on() -> None:
    demo()
    waiting = Dossier.objects.get(state="reviewed")
    (apart,) = [each for each in reviews_apart(waiting)[1] if not each.agreed]
    assert len({each.value for each in apart.ratings}) == 2
    with pytest.raises(Refused) as refused:
        perform(waiting, "refer", User.objects.get(email=f"coordinator@{DOMAIN}"))
    assert [each.code for each in refused.value.reasons] == ["to_reconcile"]


def _tells_every_step(told: str) -> None:
    for words in (
        "opened by",
        "Submit the file",
        "Send to review",
        "Send the review, by سلمى فؤاد (reviewer)",
        "Send the review, by طارق نبيل (reviewer)",
        "The reviewers were too far apart and agree on",
        "Vote, by ليلى منصور (panel)",
        "Vote, by هشام زكي (panel)",
        "Certify, by",
    ):
        assert words in told


def _shows_a_sign_in_a_role(told: str) -> None:
    password = (site.VAR_DIR / "demo" / "password").read_text()
    for role in {role for role, *_ in PEOPLE} | {"applicant", "reader"}:
        line = next(line for line in told.splitlines() if line.strip().startswith(f"{role} "))
        for address in line.removeprefix(f"  {role}").replace(",", " ").split():
            assert User.objects.get(email=address).check_password(password)
    assert password in told


def _leaves_files_to_go_on_with() -> None:
    states = dict(Dossier.objects.values_list("organisation__name_en", "state"))
    left = {member.name_en: member.until for member in OTHERS if member.until}
    assert {name: states[name] for name in left} == left
    assert Engagement.objects.filter(coach__email=f"coach@{DOMAIN}").count() == len(OTHERS)


def _leaves_concerns_to_go_on_with() -> None:
    states = Complaint.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["received", "answering", "deciding"]


def _leaves_a_change_of_scope_and_a_reader_to_go_on_with() -> None:
    certificate = Certificate.objects.get(dossier=protagonist())
    assert "Assiut" in certificate.scope.en
    change = ScopeChange.objects.get()
    assert (change.certificate, change.state, change.before) == (certificate, "requested", certificate.scope)
    assert "Sohag" in change.wanted.en
    reader = Membership.objects.get(user__email=f"reader@{DOMAIN}")
    assert (reader.organisation_id, reader.standing) == (certificate.organisation_id, "reader")


def _leaves_upkeep_to_go_on_with() -> None:
    assert set(Upkeep.objects.values_list("state", flat=True)) == {
        *("planned", "called", "filed", "satisfied", "overdue")
    }
    overdue = Upkeep.objects.get(state="overdue")
    assert overdue.certificate.state == "suspended"
    assert {each.state for each in Certificate.objects.exclude(pk=overdue.certificate_id)} == {"active"}


@pytest.mark.parametrize("break_it", ["malformed", "unsound", "missing"])
def test_a_definition_that_cannot_be_used_is_bad_input(
    tmp_path: Path, settings: Settings, break_it: str
) -> None:
    folder = Path(shutil.copytree(site.WORKFLOWS_DIR, tmp_path / "workflows"))
    file = folder / "institutional-commitment.yaml"
    text = file.read_text(encoding="utf-8")
    if break_it == "missing":
        file.unlink()
    else:
        broken = text.replace("by: [panel]", "by: [pannel]", 1) if break_it == "unsound" else "workflow: ["
        file.write_text(broken, encoding="utf-8")
    settings.WORKFLOWS_DIR = folder
    with pytest.raises(CommandError) as refused:
        demo()
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    assert "institutional-commitment" in str(refused.value)
    assert not Scheme.objects.exists()
    assert not Dossier.objects.exists()
