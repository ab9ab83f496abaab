"""The report on a page: read without the outcome, contested, answered and amended."""

from __future__ import annotations

from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.models import Contest
from tests.engine.replay.busy import pdf
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import BADLY, World


def test_organisation_reads_the_report_without_what_comes_of_it(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    page = text_of(visitor(world.applicant).get(page_of(dossier, "report")))
    assert "What was found" in page
    assert "Version 1" in page
    for hidden in ("%", "Gold", "Not certified"):
        assert hidden not in page
    assert "Read what was found" in text_of(visitor(world.applicant).get(page_of(dossier)))
    assert visitor(world.person("panel")).get(page_of(dossier, "report")).status_code == 404


def test_point_is_sent_answered_and_amended_on_pages(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    applicant, reviewer = visitor(world.applicant), visitor(world.person("reviewer"))
    sent = {
        "about": f"finding:{finding.pk}",
        "text": "The minutes show it.",
        "files": [pdf("minutes.pdf", "1")],
    }
    assert applicant.post(page_of(dossier, "report"), sent).status_code == 302
    again = applicant.post(page_of(dossier, "report"), {**sent, "files": []})
    assert (again.status_code, Contest.objects.count()) == (409, 1)
    assert "The minutes show it." in text_of(again)
    world.perform(dossier, "confirm_report")
    point = Contest.objects.get()
    answer = page_of(dossier, "answer_contest", point.pk)
    assert reviewer.post(answer, {"act": "accept", "text": ""}).status_code == 409
    assert visitor(world.person("appeal_panel")).post(answer, {"act": "keep", "text": "x"}).status_code == 404
    assert reviewer.post(answer, {"act": "accept", "text": "They do."}).status_code == 302
    world.perform(finding, "annul", comment="The minutes show it indeed.")
    page = text_of(applicant.get(page_of(dossier, "report")))
    for said in ("Version 2", "Withdrawn:", "They do.", "found to be right", "The minutes show it indeed."):
        assert said in page
    before = text_of(applicant.get(page_of(dossier, "report") + "?version=1"))
    assert "A later version stands" in before
    assert applicant.get(page_of(dossier, "report") + "?version=9").status_code == 404
    trail = text_of(visitor(world.person("coordinator")).get(page_of(dossier, "trail")))
    assert "The report was amended" in trail
    assert "A point of the organisation was found to be right" in trail


def test_page_costs_the_same_however_much_was_contested(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    client, page = visitor(world.applicant), page_of(dossier, "report")
    findings = list(Finding.objects.filter(dossier=dossier).order_by("pk")[:6])
    client.post(page, {"about": f"finding:{findings[0].pk}", "text": "x"})
    once = queries_for(client, page)
    for each in findings[1:]:
        client.post(page, {"about": f"finding:{each.pk}", "text": "x"})
    assert queries_for(client, page) == once <= 15
