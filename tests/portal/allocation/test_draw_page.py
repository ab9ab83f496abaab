"""The page on which a coordinator draws reviewers for one file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.models import Assignment
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.world import World


@pytest.fixture
def file(world: World) -> Dossier:
    (dossier,) = waiting(world, 1)
    return dossier


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_says_of_everybody_why_or_why_not(world: World, file: Dossier, language: str) -> None:
    coordinator, (idle, busy, member) = world.person("coordinator"), reviewers(world, 3)
    change_profile(reviewer=busy, by=coordinator, most=0, senior=True)
    join(organisation=file.organisation, user=member, by=SYSTEM)
    page = visitor(coordinator, language).get(page_of(file, "draw"))
    text = text_of(page)
    assert idle.name in text
    if language == "en":
        assert "takes no reviews at present" in text
        assert "has an interest: acts for the organisation" in text
    else:
        assert "لا يقبل مراجعات حاليا" in text
        assert "له مصلحة" in text
    html = page.content.decode()
    assert f'value="{busy.email}"' in html
    assert f'value="{member.email}"' not in html


def test_a_press_draws_once_however_often_it_is_sent(world: World, file: Dossier) -> None:
    client, url = visitor(world.person("coordinator")), page_of(file, "draw")
    form = {"act": "draw", "so_far": hidden(client.get(url), "so_far")}
    done = client.post(url, form, follow=True)
    assert "Drawn, and asked to review:" in text_of(done)
    assert Assignment.objects.filter(dossier=file, origin="drawn").count() == 2
    again = client.post(url, form)
    assert again.status_code == 409
    assert "Every place of this file is taken" in text_of(again)
    assert Assignment.objects.filter(dossier=file).count() == 2


def test_where_nobody_is_left_the_page_says_so_before_anybody_tries(world: World, file: Dossier) -> None:
    coordinator = world.person("coordinator")
    for each in world.cast.playing("reviewer"):
        change_profile(reviewer=each, by=coordinator, most=0)
    text = text_of(visitor(coordinator).get(page_of(file, "draw")))
    assert "Nobody can be drawn:" in text
    assert "Draw reviewers now" not in text


def test_what_the_organisation_works_on_is_said_here(world: World, file: Dossier) -> None:
    client, url = visitor(world.person("coordinator")), page_of(file, "draw")
    done = client.post(url, {"act": "organisation", "sector": "health", "language": "fr"}, follow=True)
    assert "Health" in text_of(done)
    whose = Organisation.objects.get(pk=file.organisation_id)
    assert (whose.sector, whose.language) == ("health", "fr")
    refused = client.post(url, {"act": "organisation", "sector": "alchemy", "language": ""})
    assert refused.status_code == 409
    assert "is not in the list" in text_of(refused)


def test_the_page_does_not_exist_for_others_and_links_to_it_do_not_either(
    world: World, file: Dossier
) -> None:
    for person in (world.person("reviewer"), world.stranger, world.applicant):
        assert visitor(person).get(page_of(file, "draw")).status_code == 404
    coordinator = visitor(world.person("coordinator"))
    assert page_of(file, "draw") in coordinator.get(page_of(file)).content.decode()
    assert coordinator.post(page_of(file, "draw"), {"act": "dance"}).status_code == 400
    assert coordinator.post(page_of(file, "draw"), {"act": "draw"}).status_code == 400


def test_the_page_asks_as_many_questions_for_few_as_for_many(world: World, file: Dossier) -> None:
    client = visitor(world.person("coordinator"))
    few = queries_for(client, page_of(file, "draw"))
    reviewers(world, 30)
    assert queries_for(client, page_of(file, "draw")) == few <= 15
    assert queries_for(client, reverse("reviewers")) <= 15
