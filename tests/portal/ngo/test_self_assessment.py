"""The self-assessment: saved as far as it has come, never written over unseen, refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.portal.dossier.two_tabs import mark
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import World

RUBRIC, AREA = "institutional-commitment", "integrity"
PDF = pdf("invented")


def address(dossier: Dossier) -> str:
    return reverse("self_assessment_area", args=[dossier.pk, RUBRIC, AREA])


def marks(client: Client, dossier: Dossier) -> dict[str, str]:
    """What the form has in its hidden fields, as it is opened now."""
    page = client.get(address(dossier))
    return {name: hidden(page, name) for name in (f"was-{AREA}-{number}" for number in (1, 2, 3, 4))}


def send(client: Client, dossier: Dossier, shown: dict[str, str] | None = None, **typed: Any) -> HttpResponse:
    """Save the form; names have _ for -, `shown` are the marks of a form that was opened before."""
    fields = {name.replace("__", f"-{AREA}-"): value for name, value in typed.items()}
    return client.post(address(dossier), (shown or marks(client, dossier)) | fields)


def answers(dossier: Dossier) -> dict[str, tuple[str, str]]:
    return {each.criterion: (each.rating, each.narrative) for each in Answer.objects.filter(dossier=dossier)}


def test_answers_are_saved_when_only_some_are_given(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    response = send(
        client, dossier, rating__1="3", text__1="As the board decided.\r\nIn March.", text__2="Soon"
    )
    assert response.url == address(dossier)
    assert answers(dossier) == {
        "integrity-1": ("3", "As the board decided.\nIn March."),
        "integrity-2": ("", "Soon"),
    }
    page = client.get(response.url)
    assert "2 answers were saved" in text_of(page)
    assert 'value="3" checked' in page.content.decode()


def test_endless_answer_comes_back_whole_at_its_field(world: World) -> None:
    response = send(visitor(world.applicant), world.dossier(), text__1="س" * 20_001)
    assert response.status_code == 409
    assert "The text has 20001 characters; at most 20000 are taken." in text_of(response)
    assert 'href="#text-integrity-1"' in response.content.decode()
    assert "س" * 20_001 in response.content.decode()


def test_next_area_is_opened_when_the_button_says_so(world: World) -> None:
    dossier = world.dossier()
    response = send(visitor(world.applicant), dossier, rating__1="3", next="1")
    assert response.url == reverse("self_assessment_area", args=[dossier.pk, RUBRIC, "transparency"])


def test_all_that_was_typed_stays_when_a_rating_is_off_the_scale(world: World) -> None:
    dossier = world.dossier()
    response = send(
        visitor(world.applicant), dossier, rating__1="9", text__1="Kept", rating__2="4", text__2="Kept too"
    )
    assert response.status_code == 409
    assert answers(dossier) == {}
    content = response.content.decode()
    assert ">Kept</textarea>" in content
    assert ">Kept too</textarea>" in content
    assert 'href="#rating-integrity-1"' in content
    assert 'id="rating-integrity-1-error"' in content


def test_nothing_is_said_to_be_saved_when_nothing_changed(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    send(client, dossier, rating__1="3", text__1="Same\r\nhere")
    response = client.get(send(client, dossier, rating__1="3", text__1="Same\r\nhere").url)
    assert "Nothing had changed." in text_of(response)


def test_untouched_answer_is_left_alone_when_it_changed_in_another_tab(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    shown = marks(client, dossier)
    send(client, dossier, rating__1="3", text__1="From the other tab")
    response = send(client, dossier, shown, rating__1="", text__1="", rating__2="2", text__2="From this tab")
    assert response.status_code == 302
    assert answers(dossier)["integrity-1"] == ("3", "From the other tab")
    assert answers(dossier)["integrity-2"] == ("2", "From this tab")


def test_both_are_shown_and_nothing_is_lost_when_two_tabs_changed_the_same_answer(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    shown = marks(client, dossier)
    send(client, dossier, rating__1="3", text__1="From the other tab")
    response = send(client, dossier, shown, rating__1="1", text__1="From this tab")
    assert response.status_code == 409
    assert "It now reads: “3 · From the other tab”" in text_of(response)
    assert ">From this tab</textarea>" in response.content.decode()
    assert answers(dossier)["integrity-1"] == ("3", "From the other tab")
    again = {name: hidden(response, name) for name in shown}
    assert send(client, dossier, again, rating__1="1", text__1="From this tab").status_code == 302
    assert answers(dossier)["integrity-1"] == ("1", "From this tab")


def test_evidence_is_filed_and_taken_back_when_the_form_says_so(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    files = [SimpleUploadedFile(f"minutes {n}.pdf", pdf(str(n))) for n in (1, 2)]
    response = send(client, dossier, files__1=files, rating__1="3")
    page = client.get(response.url)
    assert "2 files were added" in text_of(page)
    assert "minutes 1.pdf" in text_of(page)
    filed = dossier.evidence.first()
    typed = {"rating__1": "3", "text__1": "Typed meanwhile"}
    left = send(client, dossier, take_back=str(filed.pk), **typed)
    filed.refresh_from_db()
    assert filed.taken_back_at
    assert left.url.endswith("#integrity-1")
    assert "minutes 1.pdf is no longer in evidence here." in text_of(client.get(left.url))
    assert send(client, dossier, put_back=str(filed.pk), **typed).url.endswith("#integrity-1")
    assert dossier.evidence.filter(taken_back_at=None, sha256=filed.sha256).count() == 1
    assert answers(dossier)["integrity-1"] == ("3", "Typed meanwhile")


def test_file_is_filed_once_when_the_form_is_sent_twice(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    for _press in range(2):
        response = send(client, dossier, files__1=[SimpleUploadedFile("minutes.pdf", PDF)])
    assert dossier.evidence.count() == 1
    assert "This file lies here already, as “minutes.pdf”" in text_of(client.get(response.url))


def test_each_refused_file_has_a_line_of_its_own(world: World) -> None:
    wrong = [SimpleUploadedFile("tool.exe", b"MZ"), SimpleUploadedFile("empty.pdf", b"")]
    page = send(visitor(world.applicant), world.dossier(), files__1=wrong).content.decode()
    assert page.count('<li><a href="#files-integrity-1">') == 2


def test_submission_is_told_before_anything_else_when_a_colleague_wrote_and_submitted(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    shown = marks(client, dossier)
    ratings = {f"rating__{number}": "3" for number in (1, 2, 3, 4)}
    send(client, dossier, text__1="A colleague's words", **ratings)
    world.perform(dossier, "submit")
    page = text_of(send(client, dossier, shown, text__1="A late thought"))
    assert "The self-assessment is closed" in page
    assert "Save again" not in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tool.exe", b"MZ", "not a file of a kind"),
        ("empty.pdf", b"", "is empty"),
        ("false.pdf", b"MZ", "is something else"),
    ],
)
def test_answers_are_saved_when_a_file_is_refused(
    world: World, name: str, content: bytes, words: str
) -> None:
    dossier = world.dossier()
    response = send(
        visitor(world.applicant), dossier, rating__1="3", files__1=[SimpleUploadedFile(name, content)]
    )
    assert response.status_code == 409
    assert words in text_of(response)
    assert 'id="files-integrity-1-error"' in response.content.decode()
    assert answers(dossier)["integrity-1"] == ("3", "")
    assert not dossier.evidence.exists()


def test_files_are_asked_for_again_when_something_else_was_wrong(world: World) -> None:
    dossier = world.dossier()
    upload = SimpleUploadedFile("minutes.pdf", PDF)
    response = send(visitor(world.applicant), dossier, rating__1="9", files__1=[upload])
    assert "Choose the files again" in text_of(response)
    assert not dossier.evidence.exists()


def test_what_was_typed_stays_when_the_file_was_submitted_meanwhile(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    shown = marks(client, dossier)
    world.perform(dossier, "submit")
    response = send(client, dossier, shown, text__1="A late thought")
    assert response.status_code == 409
    assert "The self-assessment is closed" in text_of(response)
    assert ">A late thought</textarea>" in response.content.decode()


def test_refusal_bears_the_outer_words_when_the_file_is_at_work(world: World) -> None:
    dossier = world.dossier("review_overdue")
    client = visitor(world.applicant)
    was = {f"was-{criterion}": mark(kept) for criterion, kept in answers(dossier).items()}
    refused = client.post(address(dossier), was | {"rating-integrity-1": "4"})
    declared = client.post(page_of(dossier, "accept_code"), {"accept": "1"}, follow=True)
    for response in (refused, declared):
        assert "closed while the file is in “In review”" in text_of(response)
        assert "overdue" not in text_of(response)


def test_form_leads_to_the_answers_when_it_is_closed(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.applicant)
    for url in (address(dossier), page_of(dossier, "self_assessment")):
        assert client.get(url).url == page_of(dossier, "answers")


def test_form_does_not_exist_when_somebody_else_asks(world: World) -> None:
    dossier = world.dossier("returned")
    for role in ("coordinator", "auditor", "panel"):
        client = visitor(world.person(role))
        assert client.get(address(dossier)).status_code == 404
        assert client.post(address(dossier), {"rating-integrity-1": "4"}).status_code == 404
        assert client.post(page_of(dossier, "accept_code"), {"accept": "1"}).status_code == 404


def test_area_does_not_exist_when_the_rubric_has_none_of_that_name(world: World) -> None:
    dossier = world.dossier()
    url = reverse("self_assessment_area", args=[dossier.pk, RUBRIC, "nonsense"])
    assert visitor(world.applicant).get(url).status_code == 404


def test_code_is_accepted_when_the_declaration_is_ticked(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    read = text_of(client.get(page_of(dossier, "self_assessment")))
    assert read.index("Human dignity is kept") < read.index("I accept the code of conduct.")
    response = client.post(page_of(dossier, "accept_code"), follow=True)
    assert "Tick the declaration first" in text_of(response)
    dossier.refresh_from_db()
    assert dossier.code_accepted_at is None
    response = client.post(page_of(dossier, "accept_code"), {"accept": "1"}, follow=True)
    assert "The code of conduct is accepted." in text_of(response)
    dossier.refresh_from_db()
    assert dossier.code_accepted_at


def test_way_to_what_is_missing_is_shown_when_submitting_is_refused(world: World) -> None:
    dossier = world.dossier()
    content = visitor(world.applicant).get(page_of(dossier)).content.decode()
    assert page_of(dossier, "self_assessment") in content
    assert f"{page_of(dossier, 'self_assessment')}#code" in content


def test_not_applicable_without_a_reason_is_kept_and_asked_about_where_it_stands(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.applicant)
    response = send(client, dossier, rating__2="not_applicable", rating__3="2", next="1")
    assert response.url == f"{address(dossier)}#integrity-2"
    assert answers(dossier) == {"integrity-2": ("not_applicable", ""), "integrity-3": ("2", "")}
    page = client.get(response.url)
    assert "Not enough yet. Say why this does not apply: 1.2." in text_of(page)
    assert 'id="text-integrity-2-error"' in page.content.decode()
    assert 'id="text-integrity-3-error"' not in page.content.decode()
    response = send(
        client, dossier, rating__2="not_applicable", text__2="No branches", rating__3="2", next="1"
    )
    assert response.url != address(dossier)
    assert "-error" not in client.get(address(dossier)).content.decode()


def test_way_leads_to_the_criterion_that_a_reason_names(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    send(client, dossier, rating__2="not_applicable", text__2="", rating__1="3", rating__3="3", rating__4="3")
    page = client.get(page_of(dossier)).content.decode()
    assert f'href="{address(dossier)}#integrity-2">Explain it in the self-assessment' in page


def test_pages_cost_the_same_when_they_are_full(world: World) -> None:
    empty, full = world.dossier("draft"), world.dossier("returned")
    client = visitor(world.applicant)
    why_it_came_back = 2
    for url, more in (
        (address, why_it_came_back),
        (lambda dossier: page_of(dossier, "self_assessment"), why_it_came_back),
        (lambda dossier: page_of(dossier, "answers"), 0),
    ):
        assert queries_for(client, url(empty)) + more == queries_for(client, url(full)) <= 12
