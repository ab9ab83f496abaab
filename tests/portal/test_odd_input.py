"""What no browser of ours sends: NUL characters, texts that are far too long, acts that do not exist."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.portal.visitor import act, page_of, text_of, visitor
from tests.support.world import World

NUL = "\0"


def test_no_page_fails_when_an_address_holds_a_nul(world: World) -> None:
    world.dossier("certified")
    for address in ("/register/%00/", "/register/%00/certificate.pdf"):
        assert visitor().get(address).status_code == 404
    for address in ("/register/?q=%00", "/register/?page=%00"):
        assert visitor().get(address).status_code == 200
    for address in ("/files/?q=%00", "/files/?state=%00", "/?page=%00"):
        assert visitor(world.person("coordinator")).get(address).status_code == 200


def test_nobody_is_found_when_a_name_holds_a_nul(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    assert client.post(page_of(dossier, "assign"), {"reviewer": f"x{NUL}"}).status_code == 404
    typed = {"organisation": f"x{NUL}", "scheme": f"y{NUL}"}
    assert visitor(world.applicant).post(reverse("open_file"), typed).status_code == 404


def test_reason_is_kept_without_its_nul_when_a_review_is_released(world: World) -> None:
    dossier = world.dossier("in_review")
    assignment = dossier.assignments.first()
    client = visitor(world.person("coordinator"))
    address = page_of(dossier, "release", assignment.pk)
    response = client.post(address, {"reason": f"Too{NUL} busy"}, follow=True)
    assert "The review is released." in text_of(response)


def test_comment_is_kept_without_its_nul(world: World) -> None:
    dossier = world.dossier("draft")
    response = act(visitor(world.applicant), dossier, "withdraw", comment=f"No{NUL} time")
    assert response.status_code == 302


def test_comment_stays_and_is_refused_in_words_when_it_is_too_long(world: World) -> None:
    dossier = world.dossier("draft")
    response = act(visitor(world.applicant), dossier, "withdraw", comment="a" * 20_001)
    assert response.status_code == 409
    assert "has 20001 characters; at most 20000 are taken" in text_of(response)
    assert "a" * 20_001 in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "needs a comment"), ("ar", "اكتب سبب")])
def test_comment_that_nobody_sees_is_none(world: World, language: str, words: str) -> None:
    dossier = world.dossier("draft")
    response = act(visitor(world.applicant, language), dossier, "withdraw", comment="\u200b\u3164")
    assert response.status_code == 409
    assert words in text_of(response)


@pytest.mark.parametrize(("language", "words"), [("en", "could not be understood"), ("ar", "تعذر فهم")])
def test_act_that_does_not_exist_is_told_in_words(world: World, language: str, words: str) -> None:
    dossier = world.dossier("draft")
    client: Client = visitor(world.applicant, language)
    response = client.post(page_of(dossier), {"transition": "nothing"})
    assert response.status_code == 400
    assert words in text_of(response)
