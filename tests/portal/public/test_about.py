"""What a stranger reads before applying: the schemes, their criteria and their way, and figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.portal.public.for_strangers import KEPT
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, World

ABOUT, CERTIFIED = reverse("about_in", args=["en"]), "Institutional Commitment Certificate"
SCHEME = reverse("about_scheme", args=["en", SHIPPED])


def test_stranger_comes_to_their_language_when_none_is_named(world: World) -> None:
    for language in ("ar", "en"):
        answered = visitor(language=language).get(reverse("about"))
        assert answered.url == reverse("about_in", args=[language])
        assert "no-store" in answered["Cache-Control"]
        assert answered.url in visitor(language=language).get(reverse("register")).content.decode()


def test_stranger_comes_to_what_is_done_here_and_who_was_signed_in_to_the_door(world: World) -> None:
    client = visitor()
    assert client.get(reverse("home")).url == reverse("about")
    client.cookies["sessionid"] = "over"
    assert client.get(reverse("home")).url == f"{reverse('sign_in')}?next={reverse('home')}"


def test_stranger_reads_schemes_and_how_to_apply(world: World) -> None:
    page = visitor().get(ABOUT)
    assert CERTIFIED in text_of(page)
    assert "No certificate has been issued yet." in text_of(page)
    for way in ("account_signup", "check_certificate"):
        assert f'href="{reverse(way)}"' in page.content.decode()
    assert f'href="{SCHEME}"' in page.content.decode()


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (
            "en",
            ["A conflict-of-interest policy for board and staff", "Look for a policy approved by the board"],
        ),
        ("ar", ["سياسة تعارض المصالح لأعضاء مجلس الإدارة والعاملين", "ينظر في وجود سياسة معتمدة"]),
    ],
)
def test_stranger_reads_criteria_with_guidance_and_sees_the_way(
    world: World, spoken: str, words: list[str]
) -> None:
    page = visitor(language="en").get(reverse("about_scheme", args=[spoken, SHIPPED]))
    assert all(each in text_of(page) for each in words)
    assert page["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in page.content.decode()
    assert "<svg" in page.content.decode().partition('class="drawing"')[2]


def test_stranger_reads_the_way_in_words_as_an_organisation_is_told_it(world: World) -> None:
    words = text_of(visitor().get(SCHEME)).partition("The whole workflow")[0]
    assert "Self-assessment It is up to you. You have 180 days for it." in words
    assert "Being decided It is up to the accrediting body: panel." in words
    assert words.index("Self-assessment It") < words.index("In review") < words.index("Certified")
    assert "not announced yet" not in words
    assert "Returned for completion" in words.partition("Where else it may lead")[2]


def test_stranger_reads_how_to_reach_the_body_where_the_site_was_told(world: World, settings: Any) -> None:
    assert "answers you at" not in text_of(visitor().get(ABOUT))
    settings.BODY_EMAIL, settings.BODY_PHONE = "office@body.example", "+20 2 2345 6789"
    page = visitor().get(ABOUT).content.decode()
    assert page.count('href="mailto:office@body.example"') == page.count('href="tel:+20223456789"') == 2


def test_figures_count_what_the_register_shows_and_nothing_else(world: World) -> None:
    certificate = world.dossier("certified").certificates.get()
    world.dossier("refused"), world.dossier("certificate_decided")
    text = text_of(visitor().get(ABOUT))
    assert f"{certificate.issued_on.year} {CERTIFIED} Gold 1 " in text
    assert "Standing Certificates Active 1 " in text
    assert "efused" not in text


def test_figures_count_concerns_once_they_are_over_and_name_nobody(world: World) -> None:
    dossier = world.dossier("certified")
    first, second, third, _fourth = (
        raise_concern(dossier=dossier, concern=Concern("They asked for money.")).complaint
        for _each in range(4)
    )
    assert "by how they ended" not in text_of(visitor().get(ABOUT))
    for each in (first, second):
        world.perform(each, "admit")
        world.perform(each, "answer", comment="It was a fee.")
        world.perform(each, "uphold", comment="It was not.")
    world.perform(third, "reject", comment="It is about somebody else.")
    text = text_of(visitor().get(ABOUT))
    assert f"Year All Not examined Upheld {timezone.localdate().year} 3 1 2 " in text
    assert first.number not in text


def test_page_is_the_same_for_everybody_when_a_cache_keeps_it(world: World) -> None:
    certified = world.dossier("certified")
    signed_in = visitor(world.applicant, language="ar")
    for address in (ABOUT, SCHEME):
        theirs, own = visitor().get(address), signed_in.get(address)
        assert theirs.content == own.content
        assert own["Cache-Control"] == f"public, max-age={KEPT}"
        assert "Cookie" not in own.get("Vary", "")
        assert not own.cookies
        assert certified.number not in own.content.decode()
        again = Client(headers={"if-none-match": own["ETag"]}).get(address)
        assert again.status_code == 304


def test_nothing_is_there_when_language_or_scheme_is_unknown(world: World) -> None:
    for spoken, name in (("fr", SHIPPED), ("en", "none"), ("en", "certificate"), ("en", "a\x00b")):
        assert visitor().get(reverse("about_scheme", args=[spoken, name])).status_code == 404
    assert visitor().get(reverse("about_in", args=["fr"])).status_code == 404


def test_page_asks_little_of_the_database(world: World) -> None:
    world.dossier("certified")
    assert queries_for(visitor(), ABOUT) == 5
    assert queries_for(visitor(), SCHEME) == 1
