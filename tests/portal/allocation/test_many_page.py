"""The page on which reviewers are drawn for many files at once."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.together.models import Batch
from accreditation_engine.portal.together.running import FEW
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.models import Assignment
from tests.portal.visitor import queries_for, text_of, visitor
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.world import World


def ticked(client: Client) -> list[str]:
    found = client.get(reverse("draw_many")).content.decode()
    return re.findall(r'name="file" value="([^"]+)"', found)


def test_all_that_are_ticked_are_drawn_and_each_refusal_is_named(world: World) -> None:
    coordinator = world.person("coordinator")
    waiting(world, 4, places=1)
    people = [*world.cast.playing("reviewer"), *reviewers(world, 3)]
    for each in people:
        change_profile(reviewer=each, by=coordinator, most=1 if each in people[-3:] else 0)
    client = visitor(coordinator)
    files = ticked(client)
    assert len(files) == 4
    done = client.post(reverse("draw_many"), {"file": files})
    assert Assignment.objects.filter(origin="drawn").count() == 3
    text = text_of(done)
    assert text.count("Drawn, and asked to review:") == 3
    assert text.count("Nobody can be drawn: ") == 1
    assert "3 of 4" in text
    again = client.post(reverse("draw_many"), {"file": files[:1]})
    assert "Every place of this file is taken" in text_of(again)
    assert Assignment.objects.filter(origin="drawn").count() == 3
    assert list(verify_all()) == []


def test_many_files_are_drawn_for_beside_the_page_and_each_result_is_told(world: World) -> None:
    waiting(world, FEW + 1, places=1)
    client = visitor(world.person("coordinator"))
    done = client.post(reverse("draw_many"), {"file": ticked(client)}, follow=True)
    assert done.redirect_chain[0][0] == reverse("batch", args=[Batch.objects.get().pk])
    assert text_of(done).count("Drawn, and asked to review:") == FEW + 1
    assert Assignment.objects.filter(origin="drawn").count() == FEW + 1


def test_nothing_is_drawn_for_what_is_not_ticked_or_not_there(world: World) -> None:
    waiting(world, 1)
    client = visitor(world.person("coordinator"))
    odd = ["", "x.1", "00000000-0000-4000-8000-000000000000.0", "00000000-0000-4000-8000-000000000000.x"]
    assert "No file is ticked" in text_of(client.post(reverse("draw_many"), {"file": odd}))
    assert not Assignment.objects.exists()
    assert visitor(world.person("reviewer")).get(reverse("draw_many")).status_code == 404
    assert visitor(world.person("reviewer")).get(reverse("reviewers")).status_code == 404


def test_the_page_asks_as_many_questions_for_few_files_as_for_many(world: World) -> None:
    client = visitor(world.person("coordinator"))
    waiting(world, 1)
    few = queries_for(client, reverse("draw_many"))
    waiting(world, 6)
    reviewers(world, 20)
    assert queries_for(client, reverse("draw_many")) == few <= 15
