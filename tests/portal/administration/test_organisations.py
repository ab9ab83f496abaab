"""Administrators find an organisation among all, and correct what is known of it."""

from __future__ import annotations

from django.urls import reverse

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import pieces_of_person
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import change_organisation, register_organisation
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, World


def registered(number: str = "7001", **more: str) -> Organisation:
    names = {"name_ar": "جمعيه الأمل", "name_en": "Hope", "governorate": "قنا"}
    return register_organisation(**{**names, **more}, registration_number=number, by=SYSTEM)


def test_an_organisation_is_found_however_it_is_written(world: World) -> None:
    known = world.dossier("certified").organisation
    other = registered()
    client, page = visitor(world.person("administrator"), "ar"), reverse("all_organisations")
    for words in ("جمعية الامل", "hope", "٧٠٠١"):
        found = client.get(page, {"q": words})
        assert reverse("one_organisation", args=[other.pk]) in found.content.decode()
        assert reverse("one_organisation", args=[known.pk]) not in found.content.decode()
    assert "لا توجد منظمة بهذا الاسم" in text_of(client.get(page, {"q": "لا أحد"}))
    assert queries_for(client, page) <= 15
    local = world.new_person("local")
    grant_role(user=local, role="administrator", scheme=SHIPPED, by=SYSTEM)
    for address in (page, reverse("one_organisation", args=[other.pk])):
        assert visitor(local).get(address).status_code == 404


def test_what_is_known_is_corrected_with_a_reason_that_can_be_erased(world: World) -> None:
    organisation, administrator = registered(), world.person("administrator")
    client, page = visitor(administrator), reverse("one_organisation", args=[organisation.pk])
    seen = client.get(page).context["seen"]
    sent = {
        "name_ar": "جمعية الأمل",
        "name_en": "Hope",
        "registration_number": "٧٠٠٢",
        "country": "EG",
        "governorate": "اسوان",
        "seen": seen,
    }
    refused = client.post(page, {**sent, "governorate": "أطلنطس"})
    assert refused.status_code == 409
    assert "أطلنطس” is no governorate of Egypt" in text_of(refused).replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert "Say why" in text_of(refused)
    assert 'value="جمعية الأمل"' in refused.content.decode()
    reason = "Misspelt in the register"
    assert reason in text_of(client.post(page, {**sent, "reason": reason}, follow=True))
    organisation.refresh_from_db()
    assert (organisation.registration_number, organisation.governorate) == ("7002", "EG-ASN")
    event = Event.objects.filter(stream=organisation.pk).order_by("seq").last()
    assert event is not None
    assert (event.actor, event.role) == (administrator.pk, "administrator")
    assert set(event.data["after"]) == {"name_ar", "registration_number", "governorate"}
    assert [each.text for each in pieces_of_person(administrator.pk) if each.what == "comment"] == [reason]
    assert list(verify_all()) == []
    assert queries_for(client, page) <= 15


def test_a_correction_of_what_was_changed_meanwhile_is_asked_again(world: World) -> None:
    organisation = registered()
    registered("7009", name_ar="أخرى")
    client = visitor(world.person("administrator"))
    page = reverse("one_organisation", args=[organisation.pk])
    sent = {
        "name_ar": "جمعية",
        "name_en": "Mine",
        "registration_number": "7001",
        "country": "EG",
        "reason": "-",
        "seen": client.get(page).context["seen"],
    }
    change_organisation(organisation=organisation, name_en="Theirs", by=SYSTEM)
    late = client.post(page, sent)
    assert late.status_code == 409
    assert "Somebody changed what is known" in text_of(late)
    assert 'value="Mine"' in late.content.decode()
    assert Organisation.objects.get(pk=organisation.pk).name_en == "Theirs"
    again = {**sent, "seen": late.context["seen"]}
    assert "registered under" in text_of(client.post(page, {**again, "registration_number": "7009"}))
    assert client.post(page, again).status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).name_en == "Mine"
