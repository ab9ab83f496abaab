"""What the certificates of a scheme look like, for those who see to its template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, TINY, World

PAGE = reverse("scheme_certificate", args=[SHIPPED])
PICTURE = reverse("specimen_picture", args=[SHIPPED, "arabic-indic"])
PDF = reverse("specimen_pdf", args=[SHIPPED, "western"])


def test_specimens_are_shown_to_those_who_see_to_templates(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.CERTIFICATE_TEMPLATES = tmp_path
    for role in ("methodologist", "administrator"):
        client = visitor(world.person(role))
        assert "Set with the shipped template." in text_of(client.get(PAGE))
        assert "The certificate" in text_of(client.get(reverse("scheme", args=[SHIPPED])))
    picture, pdf = client.get(PICTURE), client.get(PDF)
    assert (picture["Content-Type"], picture.content[8:12]) == ("image/webp", b"WEBP")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert queries_for(client, PAGE) <= 15


@pytest.mark.parametrize("role", ["coordinator", "auditor", "panel", "applicant"])
def test_specimens_do_not_exist_for_others(world: World, role: str) -> None:
    client = visitor(world.person(role))
    for address in (PAGE, PICTURE, PDF):
        assert client.get(address).status_code == 404


def test_what_is_wrong_with_a_template_is_told_with_its_line(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.CERTIFICATE_TEMPLATES = tmp_path
    (tmp_path / f"{SHIPPED}.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n\n#data.holder.nothing"
    )
    client = visitor(world.person("methodologist"))
    page = text_of(client.get(PAGE))
    assert f"Set with the body's own template {SHIPPED}.typ." in page
    assert "The template makes no certificate here Until it is mended" in page
    assert f"{SHIPPED}.typ:3:" in page
    assert str(tmp_path) not in page
    assert client.get(PICTURE).status_code == client.get(PDF).status_code == 404
    assert "لا يُنجز القالب شهادة هنا" in text_of(visitor(world.person("methodologist"), "ar").get(PAGE))


def test_a_scheme_that_certifies_nothing_has_no_specimen(world: World) -> None:
    world.scheme(TINY)
    client = visitor(world.person("methodologist"))
    assert client.get(reverse("scheme_certificate", args=["tiny"])).status_code == 404
    assert client.get(reverse("specimen_pdf", args=[SHIPPED, "other"])).status_code == 404
