"""Questions and the report in a browser: in both languages, on a phone and at a desk, with every fold open."""

from __future__ import annotations

import pytest

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from tests.engine.replay.busy import pdf
from tests.portal.dossier.test_findings_in_a_browser import sound
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.questions.scheme import question
from tests.support.browser import OpenPage
from tests.support.world import BADLY, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_pages_of_both_sides_are_sound(open_page: OpenPage, world: World, language: str, device: str) -> None:
    file, coordinator = world.dossier("accuracy", level=BADLY), world.person("coordinator")
    about = ("institutional-commitment", "integrity-1")
    answered = question(file, coordinator, criterion=about)
    answer_question(question=answered, text="هو هنا", uploads=[pdf("محضر.pdf", "1")], by=world.applicant)
    question(file, coordinator, "ومتى اعتُمد؟", criterion=("", ""))
    finding = Finding.objects.filter(dossier=file).order_by("pk")[0]
    point = contest(dossier=file, point=Point("المحضر يثبت العكس", finding=finding), by=world.applicant)
    applicant = open_page(language=language, device=device)
    sign_in(applicant, world.applicant, language)
    for name in ("questions", "report", "dossier"):
        applicant.goto(page_of(file, name))
        sound(applicant)
    world.perform(file, "confirm_report")
    reviewer = open_page(language=language, device=device)
    sign_in(reviewer, world.person("reviewer"), language)
    reviewer.goto(page_of(file, "report"))
    sound(reviewer)
    answer_contest(contest=point, accept=True, reason="صحيح", by=world.person("reviewer"))
    world.perform(finding, "annul", comment="المحضر يثبت ذلك")
    reviewer.goto(page_of(file, "report"))
    sound(reviewer)
    certified = world.dossier("certified")
    applicant.goto(page_of(certified, "certificate", Certificate.objects.get(dossier=certified).pk))
    sound(applicant)
