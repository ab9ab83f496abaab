"""Surveillance on pages: asked for, filed, accepted; and who has what before them meanwhile."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.portal.calendar.entries import entries_of
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World


def pressed(client: Client, address: str, step: str, said: str) -> int:
    version = hidden(client.get(address), "version")
    sent = {"transition": step, "comment": said, "version": version}
    return int(client.post(address, sent).status_code)


def test_surveillance_is_asked_for_filed_and_accepted_on_pages(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
    form = page_of(dossier, "new_upkeep", certificate.pk)
    refused = coordinator.post(form, {"reason": "زيارة الفرع", "due_on": "2020-01-01"})
    assert refused.status_code == 422
    assert "زيارة الفرع" in text_of(refused)
    assert "Choose what is asked" in text_of(refused)
    typed = {"kind": "surveillance", "reason": "زيارة الفرع"}
    assert "is no day" in text_of(coordinator.post(form, {**typed, "due_on": "soon"}))
    assert coordinator.post(form, typed).status_code == 302
    upkeep = Upkeep.objects.get(state="called")
    assert upkeep.due_on > timezone.localdate() + timedelta(days=50)
    address = page_of(dossier, "upkeep", certificate.pk, upkeep.pk)
    assert "Surveillance" in text_of(applicant.get("/"))
    assert [each.key for each in entries_of(world.applicant)] == [f"upkeep-{upkeep.pk}"]
    assert "زيارة الفرع" in text_of(applicant.get(address))
    assert pressed(applicant, address, "file", "أضفنا التقرير") == 302
    assert "أضفنا التقرير" in text_of(coordinator.get(address))
    assert pressed(coordinator, address, "satisfy", "قبل") == 302
    assert "Satisfied" in text_of(applicant.get(page_of(dossier, "certificate", certificate.pk)))


def test_pages_are_there_for_their_readers_alone(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    form = page_of(dossier, "new_upkeep", certificate.pk)
    panel = visitor(world.person("panel"))
    assert panel.post(form, {"kind": "special_audit", "reason": "x"}).status_code == 302
    address = page_of(dossier, "upkeep", certificate.pk, Upkeep.objects.get(kind="special_audit").pk)
    assert queries_for(panel, address) <= 15
    for closed in (visitor(world.stranger), visitor(world.person("reviewer"))):
        assert closed.get(address).status_code == 404
    assert visitor(world.applicant).get(form).status_code == 404
