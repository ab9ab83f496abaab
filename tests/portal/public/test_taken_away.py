"""The register taken away: exports, badges, and what search engines read."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.portal.public import limits, sitemap
from accreditation_engine.portal.public.exporting import FIELDS
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.issued import copies
from tests.support.world import World

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.dossier("certified").certificates.get()


def streamed(response: HttpResponse) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def export(kind: str, **asked: str) -> str:
    return streamed(visitor().get(reverse("register_export", args=[kind]), asked))


def test_export_holds_what_was_found_when_it_is_asked_for(world: World, certificate: Certificate) -> None:
    change_organisation(organisation=certificate.dossier.organisation, name_en="=1+1", by=SYSTEM)
    copies(world, certificate, 3)
    lines = list(csv.reader(io.StringIO(export("csv", q="1+1").removeprefix("\ufeff"))))
    assert [tuple(lines[0]), len(lines)] == [FIELDS, 2]
    line = dict(zip(FIELDS, lines[1], strict=True))
    assert (line["number"], line["name_today_en"], line["status"]) == (certificate.number, "'=1+1", "active")
    told = json.loads(export("json", q="1+1"))
    assert [(each["number"], each["name_today_en"]) for each in told] == [(certificate.number, "=1+1")]
    assert len(json.loads(export("json"))) == 4
    assert json.loads(export("json", q="nobody")) == []
    assert export("csv").startswith("\ufeffnumber,status,")
    assert visitor().get(reverse("register_export", args=["xls"])).status_code == 404


def test_too_many_are_told_when_to_come_back_when_they_ask_on_and_on(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOOKUPS_A_MINUTE", 0)
    refused = visitor().get(reverse("register"))
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Try again in 1 minute." in text_of(refused)
    address = reverse("register_export", args=["csv"])
    answers = [visitor().get(address) for _time in range(limits.EXPORTS.most_from_one_address + 1)]
    assert [each.status_code for each in answers[-2:]] == [200, 429]
    assert answers[-1]["Retry-After"] == "900"


def test_badge_turns_grey_when_the_certificate_does_not_hold(world: World, certificate: Certificate) -> None:
    address = reverse("certificate_badge", args=[certificate.number])
    active = visitor().get(address, {"lang": "en"})
    assert "<title>Certificate: Active C-IC-2026-0001</title>" in active.content.decode()
    assert (active["Cross-Origin-Resource-Policy"], active["Access-Control-Allow-Origin"]) == (
        "cross-origin",
        "*",
    )
    assert active["Cache-Control"] == "public, max-age=300"
    world.perform(certificate, "suspend")
    grey = visitor().get(address, {"lang": "ar"}).content.decode()
    assert "موقوفة" in grey
    assert "#6f757a" in grey
    assert "#6f757a" not in active.content.decode()
    assert ElementTree.fromstring(grey).tag.endswith("svg")  # noqa: S314 - our own
    nothing = visitor().get(reverse("certificate_badge", args=["C-0"]), {"lang": "en"})
    assert (nothing.status_code, "Not in the register" in nothing.content.decode()) == (404, True)


def test_snippet_is_whole_when_it_is_copied(certificate: Certificate) -> None:
    entry = visitor().get(reverse("register_entry", args=[certificate.number])).content.decode()
    assert "&lt;a href=&quot;" in entry
    assert f"/register/{certificate.number}/badge.svg?lang=en" in entry


def test_organisation_has_a_page_when_it_holds_a_certificate(world: World, certificate: Certificate) -> None:
    holder = certificate.dossier.organisation
    change_organisation(organisation=holder, name_en="</script><b>", governorate="الجيزة", by=SYSTEM)
    address = reverse("register_organisation", args=[holder.pk])
    page = visitor().get(address)
    for words in ("جمعية تجريبية", holder.registration_number, "Egypt", "Giza", certificate.number, "Active"):
        assert words in text_of(page)
    data = page.content.decode().split('<script type="application/ld+json">')[1].split("</script>")[0]
    told = json.loads(data)
    assert told["name"] == "</script><b>"
    assert told["hasCertification"][0]["certificationStatus"] == "https://schema.org/CertificationActive"
    assert address in visitor().get(reverse("register_entry", args=[certificate.number])).content.decode()
    assert queries_for(visitor(), address) == 1
    other = world.organisation()
    assert visitor().get(reverse("register_organisation", args=[other.pk])).status_code == 404


def test_page_is_spoken_as_its_address_asks_when_it_asks(certificate: Certificate) -> None:
    address = reverse("register_entry", args=[certificate.number])
    arabic = visitor(language="en").get(address, {"language": "ar"})
    content = arabic.content.decode()
    assert (arabic["Content-Language"], 'lang="ar"' in content) == ("ar", True)
    assert f'<link rel="canonical" href="{settings.SITE_URL}{address}?language=ar">' in content
    assert f'<a class="quiet" href="{address}?language=en" hreflang="en"' in content
    assert arabic.cookies["django_language"].value == "ar"


def test_search_engines_find_every_page_when_they_read_the_map(
    world: World, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies(world, certificate, 3)
    whole = addresses(streamed(visitor().get(reverse("sitemap"))))
    assert sum("/register/C-" in each for each in whole) == 4
    assert sum("/register/organisations/" in each for each in whole) == 4
    monkeypatch.setattr(sitemap, "LINES", 2)
    several = addresses(streamed(visitor().get(reverse("sitemap"))))
    parts = [streamed(visitor().get(each.removeprefix(settings.SITE_URL))) for each in several]
    assert sorted(each for part in parts for each in addresses(part)) == sorted(whole)
    assert visitor().get(reverse("sitemap_part", args=[len(parts) + 1])).status_code == 404
    told = visitor().get(reverse("robots")).content.decode()
    assert "Disallow: /files/" in told
    assert "/sitemap.xml" in told
    assert "/register" not in told


def addresses(written: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(written).iter(f"{MAP}loc")]  # noqa: S314 - our own
