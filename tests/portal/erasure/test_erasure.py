"""The pages on which administrators erase by law."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.evidence import file_evidence
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import comment_key, pieces_in_file, pieces_of_person
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.reviews.domain import Rated, assign, rate
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event, Text
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.papers import pdf
from tests.support.world import SHIPPED, World

GROUNDS = {"reason": "She asked for it.", "basis": "Law 151 of 2020, article 2"}
WORDS = "Mona Adel did not sign."


def administrator(world: World, language: str = "en") -> Client:
    return visitor(world.person("administrator"), language)


def returned(world: World) -> tuple[Dossier, str]:
    """A file that was returned with a name in the comment, and the key of the comment."""
    dossier = world.dossier("screening")
    event = world.perform(dossier, "return_for_completion", comment=WORDS)
    return dossier, comment_key(dossier.pk, event.seq)


def page(dossier: Dossier) -> str:
    return reverse("erase_in_file", args=[dossier.pk])


def press(client: Client, address: str, act: str, *keys: str, **typed: str) -> HttpResponse:
    return client.post(address, {"act": act, "chosen": list(keys), **GROUNDS, **typed})


def checked(response: HttpResponse) -> list[str]:
    """The keys of the boxes that are ticked."""
    boxes = re.findall(
        r'<input type="checkbox"[^>]* name="chosen" value="([^"]*)"([^>]*)>', response.content.decode()
    )
    return [html.unescape(key) for key, more in boxes if "checked" in more]


def test_comment_is_gone_when_it_was_chosen_and_confirmed(world: World) -> None:
    dossier, key = returned(world)
    client = administrator(world)
    assert WORDS in text_of(client.get(page(dossier)))
    asked = press(client, page(dossier), "show", key)
    assert asked.status_code == 200
    for words in (WORDS, GROUNDS["reason"], GROUNDS["basis"], "This cannot be undone"):
        assert words in text_of(asked)
    assert Text.objects.filter(text=WORDS).exists()
    done = press(client, page(dossier), "erase", key)
    assert done.status_code == 302
    told = text_of(client.get(done.url))
    assert "1 text is erased for good." in told
    assert WORDS not in told
    assert not Text.objects.filter(text=WORDS).exists()
    assert list(verify_all()) == []


def test_grounds_come_back_whole_when_they_are_endless_or_unseen(world: World) -> None:
    dossier, key = returned(world)
    endless = press(administrator(world), page(dossier), "erase", key, basis="x" * 20_001)
    assert endless.status_code == 409
    assert "has 20001 characters; at most 20000 are taken" in text_of(endless)
    assert 'id="basis-error"' in endless.content.decode()
    assert "x" * 20_001 in endless.content.decode()
    unseen = press(administrator(world), page(dossier), "show", key, reason="\u200b\u3164")
    assert 'id="reason-error"' in unseen.content.decode()
    assert Text.objects.filter(text=WORDS).exists()


def test_trail_says_what_was_erased_when_by_whom_and_why(world: World) -> None:
    dossier, key = returned(world)
    press(administrator(world), page(dossier), "erase", key)
    seq = key.rsplit(":", 1)[1]
    for language, title, gone in (
        ("en", f"Erased by law: the comment of event {seq}", "The comment was erased by law on"),
        ("ar", f"محي بحكم القانون: تعليق الواقعة {seq}", "محي التعليق بحكم القانون في"),
    ):
        told = text_of(visitor(world.person("auditor"), language).get(page_of(dossier, "trail")))
        for words in (title, gone, GROUNDS["reason"], GROUNDS["basis"], "مصطفى كمال الدين"):
            assert words in told
        assert WORDS not in told


def test_answers_and_files_say_that_they_were_erased_where_they_stood(world: World) -> None:
    dossier = world.dossier()
    upload = SimpleUploadedFile("Mona Adel.pdf", pdf())
    evidence = file_evidence(
        dossier=dossier, rubric=SHIPPED, criterion="integrity-1", upload=upload, by=world.applicant
    )
    address = reverse("evidence", args=[dossier.pk, evidence.pk])
    client = visitor(world.applicant)
    before = client.get(address)
    assert before.getvalue() == pdf()
    keys = [each.key for each in pieces_in_file(dossier.pk)]
    press(administrator(world), page(dossier), "erase", *keys)
    told = text_of(client.get(page_of(dossier, "answers")))
    assert "Mona Adel" not in told
    assert "erased by law on" in told
    assert "the file itself was erased by law on" in told
    assert client.get(address).status_code == 404


def test_all_that_was_typed_is_still_there_when_something_is_missing(world: World) -> None:
    dossier, key = returned(world)
    refused = press(administrator(world), page(dossier), "show", key, basis="")
    assert refused.status_code == 409
    assert checked(refused) == [key]
    assert GROUNDS["reason"] in refused.content.decode()
    assert "Name the law, or the order of a court" in text_of(refused)
    back = press(administrator(world), page(dossier), "back", key)
    assert back.status_code == 200
    assert checked(back) == [key]
    nothing = press(administrator(world), page(dossier), "show", reason="", basis="")
    for words in ("Choose what is to be erased.", "Say why this is erased", "Name the law"):
        assert words in text_of(nothing)
    assert not Event.objects.filter(kind="erased").exists()


def test_grounds_that_repeat_what_goes_are_refused_and_what_was_typed_stays(world: World) -> None:
    dossier, key = returned(world)
    client = administrator(world)
    for act in ("show", "erase"):
        refused = press(client, page(dossier), act, key, reason="MONA ADEL did not want it.")
        assert refused.status_code == 409
        assert "“MONA ADEL did” is part of what is to vanish" in text_of(refused)
        assert 'id="reason-error"' in refused.content.decode()
        assert checked(refused) == [key]
    assert not Event.objects.filter(stream=dossier.pk, kind="erased").exists()


def test_shared_words_are_asked_about_and_taken_once_they_are_confirmed(world: World) -> None:
    dossier, key = returned(world)
    client, reason = administrator(world), {"reason": "Mona Adel asked for it."}
    asked = press(client, page(dossier), "show", key, **reason)
    assert "“Mona Adel” stands in what is to vanish as well." in text_of(asked)
    assert 'name="told_apart"' in asked.content.decode()
    assert press(client, page(dossier), "erase", key, **reason).status_code == 409
    assert press(client, page(dossier), "erase", key, told_apart="yes", **reason).status_code == 302


def test_nothing_is_erased_twice_when_the_button_is_pressed_again(world: World) -> None:
    dossier, key = returned(world)
    press(administrator(world), page(dossier), "erase", key)
    again = administrator(world)
    assert press(again, page(dossier), "erase", key).status_code == 302
    assert "1 text is erased for good" in text_of(again.get(page(dossier)))
    later = press(again, page(dossier), "erase", key, reason="For something else.")
    assert later.status_code == 409
    assert "not there any more" in text_of(later)
    assert Event.objects.filter(kind="erased").count() == 1


@pytest.mark.parametrize("role", ["applicant", "coordinator", "reviewer", "auditor"])
def test_pages_do_not_exist_for_others(world: World, role: str) -> None:
    dossier, key = returned(world)
    client = visitor(world.person(role))
    person = reverse("erase_of_person", args=[world.stranger.pk])
    for address in (reverse("erasure"), page(dossier), person):
        assert client.get(address).status_code == 404
    assert press(client, page(dossier), "erase", key).status_code == 404
    tried = Event.objects.get(stream=dossier.pk, kind="refused")
    assert (tried.actor, tried.data["act"]) == (world.person(role).pk, "erase")
    assert Text.objects.filter(text=WORDS).exists()


def test_nothing_is_shown_to_an_administrator_who_acts_for_the_organisation(world: World) -> None:
    dossier, key = returned(world)
    join(organisation=dossier.organisation, user=world.person("administrator"), by=SYSTEM)
    client = administrator(world)
    told = text_of(client.get(page(dossier)))
    assert "You erase nothing here" in told
    assert WORDS not in told
    shown = press(client, page(dossier), "show", key)
    assert shown.status_code == 409
    assert WORDS not in text_of(shown)
    assert press(client, page(dossier), "erase", key).status_code == 409
    assert Text.objects.filter(text=WORDS).exists()


def test_name_is_gone_and_the_account_closed_when_it_was_confirmed(world: World) -> None:
    dossier = world.dossier("screening")
    person, client = world.applicant, administrator(world)
    address = reverse("erase_of_person", args=[person.pk])
    keys = [each.key for each in pieces_of_person(person.pk)]
    assert "The account is closed" in text_of(press(client, address, "show", *keys))
    assert press(client, address, "erase", *keys).status_code == 302
    assert "a name that was erased by law" in text_of(client.get(address))
    told = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert "a name that was erased by law" in told
    assert visitor(person).get(reverse("home")).status_code == 302


def test_people_are_nobodys_who_administers_one_scheme_only(world: World) -> None:
    one = world.new_person("of one scheme")
    grant_role(user=one, role="administrator", scheme=SHIPPED, by=SYSTEM)
    client = visitor(one)
    dossier, _key = returned(world)
    assert client.get(page(dossier)).status_code == 200
    assert client.get(reverse("erase_of_person", args=[world.stranger.pk])).status_code == 404
    found = text_of(client.get(reverse("erasure"), {"q": "stranger"}))
    assert "stranger@tests.example" not in found


def test_file_and_person_are_found_by_what_they_are_called(world: World) -> None:
    dossier, _key = returned(world)
    client = administrator(world)
    assert page(dossier) in client.get(reverse("erasure"), {"q": dossier.number}).content.decode()
    person = reverse("erase_of_person", args=[world.stranger.pk])
    assert person in client.get(reverse("erasure"), {"q": "stranger"}).content.decode()
    assert "No file fits." in text_of(client.get(reverse("erasure"), {"q": "no such thing\0"}))


def test_comment_leads_to_its_erasure_when_an_administrator_reads_the_trail(world: World) -> None:
    dossier, key = returned(world)
    grant_role(user=world.person("auditor"), role="administrator", by=SYSTEM)
    told = visitor(world.person("auditor")).get(page_of(dossier, "trail")).content.decode()
    (link,) = [
        each
        for each in re.findall(r'href="([^"]*)"', told)
        if "chosen=" in each and str(key.rsplit(":", 1)[1]) == each.rsplit("%3A", 1)[1]
    ]
    response = visitor(world.person("auditor")).get(html.unescape(link))
    assert checked(response) == [key]


@pytest.mark.parametrize("sent", [{}, {"act": "other"}, {"act": ["erase"]}])
def test_odd_forms_are_refused_without_harm(world: World, sent: dict[str, Any]) -> None:
    dossier, _key = returned(world)
    assert administrator(world).post(page(dossier), sent).status_code in (400, 409)
    assert Text.objects.filter(text=WORDS).exists()


def test_pages_cost_few_queries(world: World) -> None:
    dossier = world.dossier("refused")
    client = administrator(world)
    assert queries_for(client, page(dossier)) <= 15
    assert queries_for(client, f"{reverse('erasure')}?q={dossier.number}") <= 9
    assert queries_for(client, reverse("erase_of_person", args=[world.applicant.pk])) <= 12


def test_forms_say_what_was_erased_where_it_was_typed(world: World) -> None:
    dossier = world.dossier("returned")
    keys = [each.key for each in pieces_in_file(dossier.pk) if each.what == "narrative"]
    press(administrator(world), page(dossier), "erase", *keys)
    form = page_of(dossier, "self_assessment_area", SHIPPED, "integrity")
    assert "erased by law on" in text_of(visitor(world.applicant).get(form))


def test_review_says_which_of_its_notes_was_erased(world: World) -> None:
    dossier = world.dossier("in_review")
    assignment = Assignment.objects.filter(dossier=dossier, sent_at=None).first()
    if assignment is None:
        assignment = assign(
            dossier=dossier, reviewer=world.person("reviewer"), by=world.person("coordinator")
        )
    noted = {(SHIPPED, "integrity-1"): Rated("2", WORDS)}
    rate(assignment=assignment, ratings=noted, by=assignment.reviewer)
    keys = [each.key for each in pieces_in_file(dossier.pk) if each.text == WORDS]
    press(administrator(world), page(dossier), "erase", *keys)
    area = page_of(dossier, "review_area", SHIPPED, "integrity")
    told = text_of(visitor(assignment.reviewer).get(area))
    assert "erased by law on" in told
    assert WORDS not in told
    assert list(verify_all()) == []
