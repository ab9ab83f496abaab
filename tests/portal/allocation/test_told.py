"""Draws, profiles and leave as an auditor reads them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.reviews.allocation.drawing import draw_reviewers
from accreditation_engine.reviews.allocation.profiles import change_profile, say_leave
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, text_of, visitor
from tests.reviews.queue.waiting_files import reviewers
from tests.support.world import World

TOLD = {
    "en": ("1 reviewer was drawn", "is on leave from", "Places left open", "takes no reviews at present"),
    "ar": ("وقعت القرعة على مراجع واحد", "في إجازة من", "الأماكن التي بقيت شاغرة", "لا يقبل مراجعات حاليا"),
}
PROFILE = {"en": ("Fields of work Health", "no limit"), "ar": ("مجالات العمل الصحة", "بلا حد")}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_event_of_a_draw_says_of_everybody_why_or_why_not(world: World, language: str) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    drawn, away = reviewers(world, 2)
    for each in world.cast.playing("reviewer"):
        change_profile(reviewer=each, by=coordinator, most=0)
    change_profile(reviewer=drawn, by=coordinator, sectors=["health"], most=5)
    today = timezone.localdate()
    say_leave(reviewer=away, begins_on=today, ends_on=today, by=away)
    draw_reviewers(dossier=file, by=coordinator)
    client = visitor(world.person("auditor"), language)
    event = Event.objects.get(stream=file.pk, kind="reviewers_drawn")
    for page in (page_of(file, "trail"), reverse("audit_event", args=[file.pk, event.seq])):
        text = text_of(client.get(page))
        for words in (*TOLD[language], drawn.name, away.name, event.data["seed"]):
            assert words in text, (page, words)
    said = Event.objects.get(stream=drawn.pk, kind="reviewer_profile")
    text = text_of(client.get(reverse("audit_event", args=[drawn.pk, said.seq])))
    for words in PROFILE[language]:
        assert words in text
