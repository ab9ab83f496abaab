"""/api/v1/register and /api/v1/certificates/."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.certificates.models import Certificate
from tests.api.asking import ask, refused, told
from tests.support.issued import copies
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.dossier("certified").certificates.get()


def numbers(answer: Any) -> list[str]:
    return [each["number"] for each in answer["certificates"]]


def test_register_is_searched_as_its_page(certificate: Certificate) -> None:
    number = certificate.number
    for asked in (
        {},
        {"q": "trial"},
        {"q": number[-5:], "status": "active", "country": "eg"},
        {"q": "تجريبيه"},
    ):
        answer = told("register", **asked)
        assert (numbers(answer), answer["next"]) == ([number], None)
    for asked in ({"q": "nobody"}, {"status": "withdrawn"}, {"scheme": "other"}, {"country": "FR"}):
        assert numbers(told("register", **asked)) == []
    found = refused(ask("register", status="sleeping"))
    assert (found.status, found.code) == (422, "not-readable")
    assert numbers(told("register", q="\0")) == [number]


def test_pages_go_on_where_they_ended_when_more_is_issued(world: World, certificate: Certificate) -> None:
    copies(world, certificate, 3)
    first = told("register", limit=2)
    assert numbers(first) == ["C-COPY-0002", "C-COPY-0001"]
    late = world.dossier("certified").certificates.get()
    second = told("register", limit=2, after=first["next"])
    assert (numbers(second), second["next"]) == (["C-COPY-0000", certificate.number], None)
    assert numbers(told("register"))[0] == late.number
    for wrong in ("2", first["next"][:-1], first["next"] + "x"):
        assert refused(ask("register", after=wrong)).code == "no-such-cursor"


def test_certificate_tells_what_its_page_tells(certificate: Certificate) -> None:
    response = ask(f"certificates/{certificate.number.lower()}")
    found = response.json()
    assert (found["status"], found["holder_en"], found["outcome"]) == (
        "active",
        "A trial association",
        "gold",
    )
    assert (found["changed_since_decision"], found["replaced_by"]) == (False, None)
    assert found["paper"].endswith(f"/register/{certificate.number}/certificate.pdf")
    assert {each["id"] for each in found["areas"]} <= {each["id"] for each in certificate.areas}
    assert found["areas"][0]["title_ar"]
    assert "max-age=60" in response["Cache-Control"]


@pytest.mark.parametrize("number", ["C-NONE-1", "%00", "a" * 60])
def test_number_of_none_is_a_problem(number: str) -> None:
    assert refused(ask(f"certificates/{number}")).code == "no-such-certificate"
