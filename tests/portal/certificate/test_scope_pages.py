"""A change of scope on pages: asked for, sent back, mended, granted; and who has it before them meanwhile."""

from __future__ import annotations

from django.test import Client
from django.utils.timezone import localdate

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Standing
from accreditation_engine.portal.calendar.entries import entries_of
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World

ASWAN = {"ar": "برامج التعليم في أسوان", "en": "Education programmes in Aswan"}
LUXOR = {"ar": "برامج التعليم في أسوان والأقصر", "en": "Education programmes in Aswan and Luxor"}


def pressed(client: Client, address: str, step: str, said: str, **more: str) -> int:
    version = hidden(client.get(address), "version")
    sent = {"transition": step, "comment": said, "version": version, **more}
    return int(client.post(address, sent).status_code)


def test_scope_is_asked_for_mended_and_granted_on_pages(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    holder, coordinator, panel = map(
        visitor, (world.applicant, world.person("coordinator"), world.person("panel"))
    )
    form, own = (
        page_of(dossier, "new_scope_change", certificate.pk),
        page_of(dossier, "certificate", certificate.pk),
    )
    assert "Ask for another scope" in text_of(holder.get(own))
    refused = holder.post(form, {**ASWAN, "en": "", "reason": ""})
    assert refused.status_code == 422
    for words in ("in English as well", "Write why the scope is to change", ASWAN["ar"]):
        assert words in text_of(refused)
    assert holder.post(form, {**ASWAN, "reason": "أغلقنا فرعا"}).status_code == 302
    change = ScopeChange.objects.get()
    address = page_of(dossier, "scope_change", certificate.pk, change.pk)
    assert holder.get(form).url == address
    assert "A change of the scope of the certificate: Being looked at" in text_of(coordinator.get("/"))
    assert "أغلقنا فرعا" in text_of(coordinator.get(address))
    assert pressed(coordinator, address, "send_back", "والأقصر؟") == 302
    assert "Returned for completion" in text_of(holder.get("/"))
    change.refresh_from_db()
    reader = world.new_person("reader")
    join(organisation=dossier.organisation, user=reader, by=SYSTEM, standing=Standing.READER)
    due = {each.key: each for each in entries_of(world.applicant)}[f"scope-{change.pk}"]
    assert due.address.endswith(address)
    assert due.when in (change.deadline_at, localdate(change.deadline_at))
    for other in (reader, world.person("coordinator")):
        assert not [each for each in entries_of(other) if each.key.startswith("scope-")]
    assert pressed(holder, address, "complete", "أضفناها", ar="شيء", en="") == 409
    unsent = holder.post(
        address,
        {"transition": "complete", "comment": "", "version": hidden(holder.get(address), "version"), **LUXOR},
    )
    assert "Luxor" in text_of(unsent)
    assert pressed(holder, address, "complete", "أضفناها", **LUXOR) == 302
    assert pressed(coordinator, address, "pass_to_panel", "كامل") == 302
    assert "Before the panel" in text_of(panel.get("/"))
    assert "added: Education programmes in Aswan and Luxor" in text_of(panel.get(address))
    assert pressed(panel, address, "grant", "موافقة") == 302
    certificate.refresh_from_db()
    assert certificate.scope == Scope(**LUXOR)
    shown = text_of(holder.get(own))
    assert "Education programmes in Aswan and Luxor" in shown
    assert "The whole organisation" in shown, "what it covered before"
    for public in (f"/register/{certificate.number}/", "/register/?q=luxor"):
        assert certificate.number in text_of(Client().get(public))


def test_body_puts_a_scope_before_the_panel_and_the_organisation_answers(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    coordinator, holder = visitor(world.person("coordinator")), visitor(world.applicant)
    form = page_of(dossier, "new_scope_change", certificate.pk)
    assert "Put it before the panel" in text_of(coordinator.get(form))
    assert coordinator.post(form, {**ASWAN, "reason": "زيارة"}).status_code == 302
    address = page_of(dossier, "scope_change", certificate.pk, ScopeChange.objects.get().pk)
    shown = text_of(holder.get(address))
    assert "put forward by the accrediting body" in shown
    assert pressed(holder, address, "answer", "الفرع مغلق مؤقتا") == 302
    assert "الفرع مغلق مؤقتا" in text_of(visitor(world.person("panel")).get(address))
    assert "under way" in text_of(holder.post(form, {**LUXOR, "reason": "x"}))


def test_pages_are_there_for_their_readers_alone(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    form = page_of(dossier, "new_scope_change", certificate.pk)
    holder = visitor(world.applicant)
    assert holder.post(form, {**ASWAN, "reason": "سبب"}).status_code == 302
    address = page_of(dossier, "scope_change", certificate.pk, ScopeChange.objects.get().pk)
    assert queries_for(holder, address) <= 15
    assert queries_for(visitor(world.person("coordinator")), address) <= 15
    assert queries_for(holder, page_of(dossier, "certificate", certificate.pk)) <= 15
    for closed in (visitor(world.stranger), visitor(world.person("reviewer"))):
        assert closed.get(address).status_code == 404
        assert closed.get(form).status_code == 404
    assert visitor(world.person("panel")).get(form).status_code == 404
