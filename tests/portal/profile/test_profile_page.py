"""The profile of an organisation: its people change it, coordinators read it, for others there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.profile import Said, profile_of
from accreditation_engine.trail.models import Event
from tests.portal.visitor import hidden, queries_for, text_of, visitor
from tests.support.world import World


def address(organisation: Organisation) -> str:
    return reverse("organisation_profile", args=[organisation.pk])


def send(world: World, organisation: Organisation, language: str = "en", **typed: Any) -> HttpResponse:
    fields = {name.replace("__", "-"): value for name, value in typed.items()}
    return visitor(world.applicant, language).post(address(organisation), fields)


def test_profile_is_kept_in_the_digits_of_any_keyboard(world: World) -> None:
    organisation = world.organisation()
    typed = {
        "legal_form": "association",
        "staff": "١٢",
        "budget": "1,250,000",
        "governorate": "المنيا",
        "sector": "health",
    }
    assert send(world, organisation, until__licence="2027-03-31", **typed).status_code == 302
    organisation.refresh_from_db()
    assert profile_of(organisation.pk).said == Said("association", 12, 1_250_000)
    assert (organisation.governorate, organisation.sector) == ("المنيا", "health")
    page = text_of(visitor(world.applicant, "ar").get(address(organisation)))
    assert "ترخيص مزاولة النشاط" in page
    assert "سارية حتى 31 مارس 2027" in page


def test_all_that_was_typed_stays_and_nothing_is_kept_when_something_is_wrong(world: World) -> None:
    organisation = world.organisation()
    response = send(
        world, organisation, staff="twelve", budget="99", until__licence="31 March", governorate="Minya"
    )
    content = response.content.decode()
    assert response.status_code == 409
    assert "Paid staff: Write a whole number" in text_of(response)
    for part in (
        'href="#staff"',
        'href="#until-licence"',
        'value="twelve"',
        'value="99"',
        'value="31 March"',
        '<option value="Kafr El Sheikh">',
    ):
        assert part in content
    response = send(world, organisation, legal_form="club", governorate="Minya")
    assert response.status_code == 409
    organisation.refresh_from_db()
    assert organisation.governorate == ""
    assert not Event.objects.filter(stream=organisation.pk, kind="profile_said").exists()


def test_profile_is_read_by_coordinators_and_exists_for_nobody_else(world: World) -> None:
    dossier = world.dossier("screening")
    url = address(dossier.organisation)
    page = visitor(world.person("coordinator")).get(url)
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert 'name="staff"' not in page.content.decode()
    assert visitor(world.person("coordinator")).post(url, {"staff": "1"}).status_code == 404
    for person in (world.stranger, world.person("reviewer"), world.person("auditor")):
        assert visitor(person).get(url).status_code == 404


def test_page_costs_few_queries(world: World) -> None:
    assert queries_for(visitor(world.applicant), address(world.dossier().organisation)) <= 10


def test_two_who_save_one_after_the_other_keep_what_each_changed(world: World) -> None:
    organisation = world.organisation()
    send(world, organisation, staff="5", governorate="Minya")
    page = visitor(world.applicant).get(address(organisation))
    shown = {"staff": "5", "governorate": "Minya", "budget": "", "read": hidden(page, "read")}
    send(world, organisation, **shown | {"staff": "7", "until__licence": "2027-03-31"})
    assert send(world, organisation, **shown | {"governorate": "Asyut"}).status_code == 302
    organisation.refresh_from_db()
    profile = profile_of(organisation.pk)
    assert (organisation.governorate, profile.said.staff) == ("Asyut", 7)
    assert profile.papers["licence"].until is not None


def test_what_both_changed_is_told_at_its_field_and_kept_when_sent_again(world: World) -> None:
    organisation = world.organisation()
    read = hidden(visitor(world.applicant).get(address(organisation)), "read")
    send(world, organisation, staff="7", read=read)
    refused = send(world, organisation, staff="9", read=read)
    assert refused.status_code == 409
    assert "a colleague has written “7” here" in text_of(refused)
    assert 'value="9"' in refused.content.decode()
    assert profile_of(organisation.pk).said.staff == 7
    assert send(world, organisation, staff="9", read=hidden(refused, "read")).status_code == 302
    assert profile_of(organisation.pk).said.staff == 9


def test_home_names_papers_that_have_run_out_or_soon_will(world: World) -> None:
    organisation, today = world.organisation(), timezone.localdate()
    days = {"licence": -2521, "board": 12, "audit": 90}
    until = {f"until__{kind}": str(today + timedelta(days=each)) for kind, each in days.items()}
    send(world, organisation, **until)
    home = text_of(visitor(world.applicant, "ar").get(reverse("home")))
    assert "انتهت منذ 6 سنوات" in home
    assert "مدة مجلس الإدارة: " in home
    assert "الحسابات" not in home
