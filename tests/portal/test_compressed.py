"""What goes over the line."""

from __future__ import annotations

import gzip

import pytest
from django.urls import reverse

from accreditation_engine.certificates.finished.finishing import finish
from tests.portal.visitor import visitor
from tests.support.world import World

pytestmark = pytest.mark.django_db
ACCEPTS = {"headers": {"accept-encoding": "gzip"}}


def test_a_page_is_compressed_when_the_browser_takes_that(world: World) -> None:
    client = visitor(world.applicant)
    plain, packed = client.get(reverse("home")), client.get(reverse("home"), **ACCEPTS)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert b"<html" in gzip.decompress(packed.content)


def test_a_page_that_a_browser_has_is_not_sent_again_when_it_came_compressed(world: World) -> None:
    about = reverse("about_in", args=["ar"])
    first = visitor().get(about, **ACCEPTS)
    again = visitor().get(about, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_paper_is_not_packed_twice(world: World) -> None:
    certificate = world.dossier("certified").certificates.get()
    finish(certificate)
    number = certificate.number
    assert "Content-Encoding" not in visitor().get(reverse("certificate_pdf", args=[number]), **ACCEPTS)
