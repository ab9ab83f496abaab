"""Evidence is looked at as a picture on a page of the site."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.uploads import previews
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.filing import filed
from tests.support.papers import office, pdf, picture
from tests.support.world import World


def two_pages() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(200, 100), invariant=True)
    for shade in (0, 1):
        canvas.setFillGray(shade)
        canvas.rect(0, 0, 200, 100, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_pdf_is_looked_at_page_by_page(world: World) -> None:
    evidence = filed(world, world.dossier(), "محضر.pdf", two_pages())
    client, address = visitor(world.applicant), page_of(evidence.dossier, "evidence_preview", evidence.pk)
    first = client.get(address)
    assert "Page 1 of 2" in text_of(first)
    assert evidence.sha256 in text_of(first)
    assert 'href="?page=2"' in first.content.decode()
    assert "Page 2 of 2" in text_of(client.get(f"{address}?page=2"))
    for wild in ("9", "-1", "٢"):
        assert client.get(f"{address}?page={wild}").status_code == 200
    for number, shade in ((1, 0), (2, 255)):
        shown = client.get(page_of(evidence.dossier, "evidence_page", evidence.pk, number))
        assert shown["Content-Type"] == "image/webp"
        assert shown["Content-Security-Policy"].startswith("sandbox")
        with Image.open(io.BytesIO(shown.content)) as drawn:
            assert abs(drawn.getpixel((drawn.width // 2, drawn.height // 2))[0] - shade) < 5
    for beyond in (0, 3):
        assert client.get(page_of(evidence.dossier, "evidence_page", evidence.pk, beyond)).status_code == 404


def test_a_picture_is_looked_at_upright_and_no_larger_than_a_screen(world: World) -> None:
    evidence = filed(world, world.dossier(), "خزانة.png", picture("PNG", 40, (3000, 30)))
    shown = visitor(world.applicant).get(page_of(evidence.dossier, "evidence_page", evidence.pk, 1))
    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert drawn.size == (1400, 14)


def test_a_page_with_a_preview_asks_as_little_as_others(world: World) -> None:
    dossier = world.dossier()
    for number in range(3):
        evidence = filed(world, dossier, "policy.pdf", pdf(str(number)))
    client = visitor(world.applicant)
    assert queries_for(client, page_of(dossier, "evidence_preview", evidence.pk)) <= 15


def test_an_older_version_says_that_a_newer_one_came_and_stays(world: World) -> None:
    dossier = world.dossier()
    older, newer = (filed(world, dossier, "policy.pdf", pdf(each)) for each in ("old", "new"))
    client = visitor(world.applicant)
    assert "A newer file of this name" in text_of(client.get(page_of(dossier, "evidence_preview", older.pk)))
    page = text_of(client.get(page_of(dossier, "evidence_preview", newer.pk)))
    assert "A newer file of this name" not in page
    assert "a newer file of this name" in page, "said beside the older one"
    assert "a newer file of this name" in text_of(client.get(page_of(dossier, "answers")))


def test_there_is_no_preview_of_what_is_not_seen_or_cannot_be_shown(world: World) -> None:
    dossier = world.dossier("screening")
    seen = dossier.evidence.first()
    panel = visitor(world.person("panel"))
    assert panel.get(page_of(dossier, "evidence_preview", seen.pk)).status_code == 404
    assert panel.get(page_of(dossier, "evidence_page", seen.pk, 1)).status_code == 404
    letter = filed(world, world.dossier(), "letter.docx", office(".docx"))
    client = visitor(world.applicant)
    assert client.get(page_of(letter.dossier, "evidence_preview", letter.pk)).status_code == 404
    assert "/preview/" not in client.get(page_of(letter.dossier, "answers")).content.decode()


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png"])
def test_what_was_filed_before_files_were_looked_into_is_saved_and_not_drawn(
    world: World, media_type: str
) -> None:
    dossier = world.dossier()
    evidence = filed(world, dossier, "policy.pdf", pdf(media_type))
    evidence.file.storage.delete(evidence.file.name)
    content = b"MZ once upon a time"
    path = evidence.file.storage.save(evidence.file.name, io.BytesIO(content))
    Evidence.objects.filter(pk=evidence.pk).update(
        file=path,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    client = visitor(world.applicant)
    assert client.get(page_of(dossier, "evidence_preview", evidence.pk)).status_code == 200
    assert client.get(page_of(dossier, "evidence_page", evidence.pk, 1)).status_code == 404
    saved = client.get(page_of(dossier, "evidence", evidence.pk))
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content) == content


def test_only_the_last_pictures_are_remembered() -> None:
    for number in range(previews.KEPT + 3):
        previews._drawn[str(number), 1] = b""
    previews.drawn(io.BytesIO(picture()), sha256="kept", media_type="image/jpeg")
    assert len(previews._drawn) == previews.KEPT
    assert ("kept", 1) in previews._drawn
