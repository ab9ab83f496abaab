"""Finding certificates: by words, scheme, country and status together, and as they stand today."""

from __future__ import annotations

import pytest

from accreditation_engine.certificates.models import Certificate, Line
from accreditation_engine.certificates.register.search import (
    PAGE,
    Search,
    countries_found,
    everything,
    page_of,
    schemes_found,
)
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.registering import change_organisation, change_organisations
from tests.support.issued import copies
from tests.support.world import SHIPPED, World, later


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.dossier("certified").certificates.get()


def found(**asked: str) -> list[str]:
    return [each.number for each in page_of(Search(**asked)).certificates]


def test_certificate_is_found_when_all_that_is_asked_fits(certificate: Certificate) -> None:
    number = [certificate.number]
    holder = certificate.dossier.organisation
    fits = {
        "words": f"TRIAL جمعيه {holder.registration_number}",
        "scheme": SHIPPED,
        "country": "EG",
        "status": "active",
    }
    assert found(**fits) == number
    for name, other in {"words": "nobody", "scheme": "other", "country": "LY", "status": "suspended"}.items():
        assert found(**fits | {name: other}) == []
    assert (countries_found(), schemes_found()) == (["EG"], [SHIPPED])


def test_certificate_is_found_by_its_status_when_that_changes(world: World, certificate: Certificate) -> None:
    world.perform(certificate, "suspend")
    assert found(status="suspended") == [certificate.number]
    world.perform(certificate, "reinstate")
    assert found(status="active") == [certificate.number]
    with later(days=3 * 366 + 1):
        assert found(status="active") == []
        assert found(status="expired") == [certificate.number]
    assert list(verify_all()) == []


def test_certificate_is_found_by_every_name_when_its_holder_is_called_otherwise(
    certificate: Certificate,
) -> None:
    holder = certificate.dossier.organisation
    change_organisation(
        organisation=holder, name_en="Élan", registration_number="N/2", country="LY", by=SYSTEM
    )
    holder.refresh_from_db()
    change_organisations([(holder, {"name_ar": "آفاق"})], by=SYSTEM)
    for words in ("trial", "elan", "n/2", "تجريبيه", "افاق"):
        assert found(words=words, country="LY") == [certificate.number]
    assert found(country="EG") == []
    assert list(verify_all(stream=certificate.pk)) == []


def test_compound_name_is_found_in_one_word_or_two_when_a_holder_bears_it(certificate: Certificate) -> None:
    holder = certificate.dossier.organisation
    for written in ("جمعية عبد الله", "جمعية عبدالله"):
        change_organisation(organisation=holder, name_ar=written, by=SYSTEM)
        for words in ("عبدالله", "الله عبد"):
            assert found(words=words) == [certificate.number]
    assert found(words="%") == found(words="_") == found(words="عبدالنور") == []


def test_pages_follow_one_another_when_more_is_found_than_fits_one(
    world: World, certificate: Certificate
) -> None:
    numbers = [each.number for each in copies(world, certificate, PAGE + 4)]
    first = page_of(Search(words="copy"))
    assert (first.count, first.more, len(first.certificates)) == (PAGE + 4, False, PAGE)
    second = page_of(Search(words="copy"), first.behind)
    assert second.behind is None
    assert [each.number for each in (*first.certificates, *second.certificates)] == numbers[::-1]
    rest = [each.number for some in everything(Search()) for each in some]
    assert rest == [*numbers[::-1], certificate.number]


@pytest.mark.parametrize("forged", [{"words": "zzz"}, {"state": "withdrawn"}, {"country": "LY"}, None])
def test_verification_names_a_line_when_it_is_not_what_it_is_made_of(
    certificate: Certificate, forged: dict[str, str] | None
) -> None:
    lines = Line.objects.filter(certificate=certificate)
    lines.update(**forged) if forged else lines.delete()
    for stream in (None, certificate.pk, certificate.organisation_id):
        assert [(each.stream, each.code) for each in verify_all(stream=stream)] == [
            (certificate.pk, "register")
        ]
