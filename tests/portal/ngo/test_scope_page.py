"""What the certificate shall cover, on the pages of the self-assessment and of the file."""

from __future__ import annotations

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import Scope
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import World

TYPED = {"ar": "برامج التعليم", "en": "Education <b>programmes</b>"}


def test_scope_is_stated_on_its_page_and_read_with_the_file(world: World) -> None:
    dossier = world.dossier("draft")
    client, address = visitor(world.applicant), page_of(dossier, "state_scope")
    assert "The whole organisation" in text_of(client.get(page_of(dossier, "self_assessment")))
    one = client.post(address, {**TYPED, "en": ""})
    assert one.status_code == 422
    assert "in English as well" in text_of(one)
    assert TYPED["ar"] in text_of(one)
    assert client.post(address, TYPED).status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).scope == Scope(**TYPED)
    assert queries_for(client, address) <= 15
    for page in ("self_assessment", "preview_file", "dossier"):
        assert "Education <b>programmes</b>" in text_of(client.get(page_of(dossier, page)))
    coordinator = visitor(world.person("coordinator"))
    assert "programmes" not in text_of(coordinator.get(page_of(dossier, "dossier"))), (
        "it is not handed in yet"
    )
    world.take_to(dossier, "screening")
    assert "programmes" in text_of(coordinator.get(page_of(dossier, "dossier")))
    assert client.get(address).status_code == 302
    late = client.post(address, {"ar": "أخرى", "en": "Another"})
    assert "self-assessment is closed" in text_of(late)
    assert Dossier.objects.get(pk=dossier.pk).scope == Scope(**TYPED)


def test_page_is_there_for_its_organisation_alone(world: World) -> None:
    address = page_of(world.dossier("draft"), "state_scope")
    for other in (world.stranger, world.person("coordinator"), world.person("reviewer")):
        assert visitor(other).get(address).status_code == 404
