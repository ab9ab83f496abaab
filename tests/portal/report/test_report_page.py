"""The report on a page: read without the outcome, contested, answered and amended."""

from __future__ import annotations

from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.amending import amend_text, worded_last
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.report.models import Contest
from accreditation_engine.reviews.report.versions import versions_of
from tests.certificates.paper.reading import text_of as read_pdf
from tests.engine.replay.busy import pdf
from tests.portal.sending.ahead import sent_ahead
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


def test_report_says_what_was_looked_for_and_what_each_finding_follows_from(world: World) -> None:
    dossier = world.dossier("accuracy", level=0.0)
    page = text_of(visitor(world.applicant).get(page_of(dossier, "report")))
    for said in (
        "What was looked for",
        "Look for a policy approved by the board",
        "nothing written and nothing done",
        "every criterion rated 0 counts as a major nonconformity.",
        "Nothing lay in evidence for this criterion.",
    ):
        assert said in page


def test_point_is_sent_answered_and_amended_on_pages(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    applicant, reviewer = visitor(world.applicant), visitor(world.person("reviewer"))
    sent = {
        "about": f"finding:{finding.pk}",
        "text": "The minutes show it.",
        "files": [pdf("minutes.pdf", "1")],
        "arrived": sent_ahead(applicant, dossier, "new", form="point"),
    }
    assert applicant.post(page_of(dossier, "report"), sent).status_code == 302
    assert Contest.objects.get().files.count() == 2
    sent["arrived"] = []
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


def test_text_that_is_amended_makes_a_version_and_the_one_before_stays_readable(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    for text, why in (("No minutes of May.", "It was May."), ("No minutes of June.", "It was June.")):
        seen = worded_last(finding).seq
        amend_text(finding=finding, text=text, reason=why, seen=seen, by=world.person("coordinator"))
    applicant = visitor(world.applicant)
    latest = text_of(applicant.get(page_of(dossier, "report")))
    for said in ("Version 3", "Worded anew:", "It was May.", "It was June.", "No minutes of June."):
        assert said in latest
    assert "No minutes of May." not in latest
    second, first = (
        text_of(applicant.get(f"{page_of(dossier, 'report')}?version={each}")) for each in (2, 1)
    )
    assert ("No minutes of May." in second, "No minutes of June." in second) == (True, False)
    assert "No minutes" not in first
    assert len({each.content.digest for each in versions_of(dossier.pk)}) == 3
    assert list(verify_all()) == []
    trail = text_of(visitor(world.person("coordinator")).get(page_of(dossier, "trail")))
    assert "Findings worded anew" in trail


def test_points_stand_in_the_order_of_the_report_and_of_their_coming(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    rubric = "institutional-commitment"
    late, early = (
        Point("of the last", (rubric, "participation-1")),
        Point("of the first", (rubric, "integrity-1")),
    )
    for point in (
        late,
        early,
        Point("first of all of it"),
        Point("then of all of it", (rubric, "integrity-2")),
    ):
        contest(dossier=dossier, point=point, by=world.applicant)
    page = text_of(visitor(world.applicant).get(page_of(dossier, "report")))
    places = [page.rindex(each) for each in ("first of all", "of the first", "then of all", "of the last")]
    assert places == sorted(places)


def test_organisation_reads_its_points_and_the_answers_when_the_report_is_closed_to_it(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    point = contest(dossier=dossier, point=Point("The minutes show it."), by=world.applicant)
    world.perform(dossier, "confirm_report")
    reviewer = world.person("reviewer")
    answer_contest(contest=point, accept=False, reason="They do not.", by=reviewer)
    perform(dossier, "close_points", reviewer)
    client = visitor(world.applicant)
    assert page_of(dossier, "report") in client.get(page_of(dossier)).content.decode()
    page = text_of(client.get(page_of(dossier, "report")))
    for said in (
        "Your points on the report",
        "The minutes show it.",
        "They do not.",
        "not accepted",
        "stay here.",
    ):
        assert said in page
    for hidden in ("What was found", "Version 1", "Say what is wrong"):
        assert hidden not in page
    assert client.get(page_of(dossier, "report") + "?version=1").status_code == 404
    assert visitor(world.person("panel")).get(page_of(dossier, "report")).status_code == 404
    without = world.dossier("answering", level=BADLY)
    perform(without, "close_points", reviewer)
    assert client.get(page_of(without, "report")).status_code == 404


def test_point_is_refused_with_its_text_when_the_report_was_open_overnight(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    client, reviewer = visitor(world.applicant), world.person("reviewer")
    world.perform(dossier, "confirm_report")
    for step in (None, "close_points"):
        if step:
            perform(dossier, step, reviewer)
        response = client.post(page_of(dossier, "report"), {"about": "", "text": "The minutes show it."})
        assert response.status_code == 409
        page = text_of(response)
        assert "What you typed" in page
        assert "The minutes show it." in page
        state = "In review" if step else "Your points on the report being answered"
        assert f"cannot be contested while the file is in “{state}”" in page
        assert "What was found" not in page or step is None
    stranger = visitor(world.person("panel"))
    assert stranger.post(page_of(dossier, "report"), {"about": "", "text": "x"}).status_code == 404


def test_page_says_that_points_come_first_where_a_step_ends_them(world: World) -> None:
    client, said = visitor(world.applicant), "after this step no point is taken any more."
    for state in ("accuracy", "refused"):
        assert text_of(client.get(page_of(world.dossier(state)))).count(said) == 1
    assert said not in text_of(client.get(page_of(world.dossier("correcting"))))


def test_organisation_is_told_of_its_appeal_when_it_is_upheld(world: World) -> None:
    """And of nothing that the panel decides then."""
    dossier = world.dossier("refused")
    about = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    point = contest(dossier=dossier, point=Point("لا دليل", finding=about), by=world.applicant)
    world.perform(dossier, "appeal")
    one, other = (world.person("appeal_panel", number) for number in (0, 1))
    for person in (one, other):
        perform(dossier, "vote_on_appeal", person, data={"choice": "uphold"})
    answer_contest(contest=point, accept=True, reason="صحيح", by=one)
    perform(about, "annul_on_appeal", one, comment="لا دليل موضوعيا")
    client = visitor(world.applicant)
    perform(dossier, "uphold", one, comment="ثبت أن الملاحظة بلا دليل.")

    def told() -> list[str]:
        return [text_of(client.get(page_of(dossier, name))) for name in ("dossier", "report")]

    overview, report = told()
    assert "Uphold the appeal" in overview
    assert "ثبت أن الملاحظة بلا دليل." in overview
    assert "Version 2" in report
    assert "لا دليل موضوعيا" in report
    for number in range(3):
        perform(dossier, "vote", world.person("panel", number), data={"choice": "refuse"})
    world.perform(dossier, "refuse", comment="ما زال دون الحد.")
    assert told() == [overview, report]


def test_report_is_taken_on_paper_by_whoever_reads_it(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    amend_text(
        finding=finding,
        text="No minutes. ✅ 漢",
        reason="They ask for it.",
        seen=worded_last(finding).seq,
        by=world.person("coordinator"),
    )
    contest(dossier=dossier, point=Point("The minutes show it."), by=world.applicant)
    address = page_of(dossier, "report_pdf")
    client = visitor(world.applicant)
    assert address in client.get(page_of(dossier, "report")).content.decode()
    said = read_pdf(client.get(address).content)
    for each in (
        versions_of(dossier.pk)[-1].content.digest,
        dossier.number,
        "without the outcome",
        "No minutes. \ufffd \ufffd",
        "The minutes show it.",
        "They ask for it.",
        "no font of this paper has",
    ):
        assert each in said
    before = read_pdf(client.get(f"{address}?version=1").content)
    assert ("A later version stands" in before, "No minutes" in before) == (True, False)
    assert client.get(f"{address}?version=9").status_code == 404
    assert client.post(address).status_code == 405
    assert visitor(world.person("panel")).get(address).status_code == 404
    assert visitor(world.applicant, "ar").get(address).content.startswith(b"%PDF")


def test_page_costs_the_same_however_much_was_contested(world: World) -> None:
    dossier = world.dossier("accuracy", level=BADLY)
    client, page = visitor(world.applicant), page_of(dossier, "report")
    findings = list(Finding.objects.filter(dossier=dossier).order_by("pk")[:6])
    client.post(page, {"about": f"finding:{findings[0].pk}", "text": "x"})
    once = queries_for(client, page)
    for each in findings[1:]:
        client.post(page, {"about": f"finding:{each.pk}", "text": "x"})
    assert queries_for(client, page) == once <= 15
