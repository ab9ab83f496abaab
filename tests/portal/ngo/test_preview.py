"""The whole file before it is submitted: read, signed with a name, and handed in once."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Standing
from accreditation_engine.trail.models import Event
from tests.portal.visitor import act, hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World

WHY_IT_CAME_BACK = 2
"""Queries for what was written when a file was returned."""
FIELDS = ("version", "answers", "evidence", "scope")


def shown(client: Client, dossier: Dossier) -> dict[str, str]:
    page = client.get(page_of(dossier, "preview_file"))
    return {name: hidden(page, name) for name in FIELDS}


def sign(client: Client, dossier: Dossier, page: dict[str, str] | None = None, **typed: str) -> HttpResponse:
    fields = {"agreed": "on", "signature": "applicant", **(page or shown(client, dossier)), **typed}
    return client.post(page_of(dossier, "preview_file"), fields)


def submissions(dossier: Dossier) -> int:
    return Event.objects.filter(stream=dossier.pk, transition="submit", kind="transition").count()


def test_file_is_submitted_and_says_who_signed_when_the_name_is_typed(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    response = sign(client, dossier, comment="We have added the minutes.")
    assert response.status_code == 302
    assert "Signed and handed in by applicant. The state is now “Screening”." in text_of(
        client.get(response.url)
    )
    dossier.refresh_from_db()
    assert dossier.state == "screening"
    told = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert "Declaration signed On behalf of the organisation, and authorised by it, I declare" in told


def test_file_is_submitted_once_when_two_tabs_are_sent(world: World) -> None:
    dossier = world.dossier("returned")
    before = submissions(dossier)
    client = visitor(world.applicant)
    page = shown(client, dossier)
    first, second = (sign(client, dossier, page) for _tab in range(2))
    assert first.status_code == second.status_code == 302
    assert "Nothing was sent twice." in text_of(client.get(second.url))
    assert submissions(dossier) == before + 1


def test_what_was_typed_stays_when_the_signature_is_refused(world: World) -> None:
    dossier = world.dossier("returned")
    response = sign(visitor(world.applicant), dossier, agreed="", signature="Somebody", comment="A long word")
    content = response.content.decode()
    assert response.status_code == 409
    assert 'href="#agreed"' in content
    assert 'href="#signature"' in content
    assert 'value="Somebody"' in content
    assert ">A long word</textarea>" in content
    dossier.refresh_from_db()
    assert dossier.state == "returned"


def test_page_is_shown_anew_when_a_colleague_changed_an_answer_meanwhile(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    page = shown(client, dossier)
    changed = {("institutional-commitment", "integrity-1"): Given("2", "Another thought")}
    save_answers(dossier=dossier, answers=changed, by=world.applicant)
    response = sign(client, dossier, page)
    assert response.status_code == 409
    assert "An answer, a file or the scope has changed since you opened the page" in text_of(response)
    assert "Another thought" in text_of(response)
    assert sign(client, dossier).status_code == 302


def test_way_to_what_is_missing_stands_where_the_form_would_be(world: World) -> None:
    dossier = world.dossier()
    response = visitor(world.applicant).get(page_of(dossier, "preview_file"))
    assert "You can sign once nothing is missing any more:" in text_of(response)
    content = response.content.decode()
    assert 'name="signature"' not in content
    area = page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity")
    assert f'href="{area}#integrity-1"' in content


def test_button_of_the_overview_leads_to_the_preview(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    assert f'href="{page_of(dossier, "preview_file")}"' in client.get(page_of(dossier)).content.decode()
    response = act(client, dossier, "submit")
    assert response.status_code == 409
    assert "The declaration is not signed yet." in text_of(response)


def test_page_is_for_the_organisation_alone_and_leads_to_the_answers_afterwards(world: World) -> None:
    dossier = world.dossier("screening")
    url = page_of(dossier, "preview_file")
    assert visitor(world.applicant).get(url).url == page_of(dossier, "answers")
    assert visitor(world.person("coordinator")).get(url).status_code == 404


def test_page_costs_the_same_when_it_is_full(world: World) -> None:
    empty, full = world.dossier("draft"), world.dossier("returned")
    client = visitor(world.applicant)
    cost = [queries_for(client, page_of(each, "preview_file")) for each in (empty, full)]
    assert cost[0] + WHY_IT_CAME_BACK == cost[1] <= 11


def test_only_owners_of_the_organisation_sign_and_withdraw(world: World) -> None:
    dossier = world.dossier("returned")
    member = world.new_person("member")
    join(organisation=dossier.organisation, user=member, by=SYSTEM, standing=Standing.EDITOR)
    client, page = visitor(member), shown(visitor(world.applicant), dossier)
    assert sign(client, dossier, page, signature="member").status_code == 409
    with pytest.raises(Refused, match="only its owners do it"):
        perform(dossier, "withdraw", member, comment="we stop")
    dossier.refresh_from_db()
    assert dossier.state == "returned"
    seen = client.get(page_of(dossier, "preview_file"))
    assert "only its owners do it" in text_of(seen)
    assert reverse("colleagues", args=[dossier.organisation_id]) in seen.text
    refused = world.dossier("refused")
    assert "withdraw" not in [each.name for each in options(refused, world.applicant)]
