"""The page on which an organisation chooses from what it filed already."""

from __future__ import annotations

from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.filing import filed
from tests.support.world import World

HERE = ("reuse_evidence", "institutional-commitment", "integrity", "integrity-2")


def test_files_are_chosen_and_lie_at_the_criterion_then(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    kept = [filed(world, dossier, f"{name}.pdf") for name in ("النظام الأساسي", "محضر")]
    address = page_of(dossier, *HERE)
    assert address in client.get(page_of(dossier, "self_assessment_area", *HERE[1:3])).content.decode()
    page = client.get(address)
    assert "النظام الأساسي.pdf" in text_of(page)
    found = text_of(client.get(f"{address}?q=الاساسى"))
    assert "النظام الأساسي.pdf" in found
    assert "محضر.pdf" not in found
    sent = client.post(address, {"file": [each.pk for each in kept]})
    assert sent.url.endswith("#integrity-2")
    assert "2 files were added" in text_of(client.get(sent.url))
    assert dossier.evidence.filter(criterion="integrity-2").count() == 2
    assert "النظام الأساسي.pdf" not in text_of(client.get(address)), "it stands there"


def test_what_is_wrong_is_told_and_what_was_ticked_stays(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    first, second = filed(world, dossier, "gone.pdf"), filed(world, dossier, "there.pdf")
    first.file.storage.delete(first.file.name)
    response = client.post(page_of(dossier, *HERE), {"file": [first.pk, second.pk]})
    assert response.status_code == 409
    assert "not where it was stored" in text_of(response)
    assert f'value="{first.pk}" checked' in response.content.decode()
    assert dossier.evidence.filter(criterion="integrity-2").get().name == "there.pdf"
    nothing = client.post(page_of(dossier, *HERE))
    assert nothing.status_code == 409
    assert "Tick the files" in text_of(nothing)


def test_files_of_others_are_neither_shown_nor_taken(world: World) -> None:
    dossier, other = world.dossier(), world.dossier("screening")
    theirs = other.evidence.first()
    client = visitor(world.applicant)
    assert client.post(page_of(dossier, *HERE), {"file": [theirs.pk, "x"]}).status_code == 409
    assert not dossier.evidence.exists()
    assert visitor(world.stranger).get(page_of(dossier, *HERE)).status_code == 404
    assert visitor(world.person("coordinator")).get(page_of(other, *HERE)).status_code == 404
    assert client.get(page_of(dossier, *HERE[:3], "equality-1")).status_code == 404
    assert client.get(page_of(other, *HERE)).url == page_of(other, "answers")


def test_the_page_asks_as_little_as_others(world: World) -> None:
    dossier = world.dossier()
    for number in range(4):
        filed(world, dossier, f"{number}.pdf")
    assert queries_for(visitor(world.applicant), page_of(dossier, *HERE)) <= 15
