"""A drawn sample in the trail, in words."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.reviews.visits import draw_sample
from tests.support.world import World


@pytest.mark.parametrize(("language", "words"), [("ar", "سحبت 5 مواقع"), ("en", "5 sites were drawn")])
def test_a_drawn_sample_is_told_with_its_seed(
    world: World, client: Client, language: str, words: str
) -> None:
    file = world.dossier("screening")
    sites = [f"branch-{number}" for number in range(25)]
    sample = draw_sample(
        dossier=file, units=sites, audit="initial", chosen={}, by=world.person("coordinator")
    )
    client.force_login(world.person("auditor"))
    page = client.get(
        reverse("trail", args=[file.pk]), headers={"accept-language": language}
    ).content.decode()
    assert words in page
    assert sample.seed in page
