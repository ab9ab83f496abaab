"""The page on which a reviewer and their coordinators say what they take and when they are away."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accreditation_engine.reviews.allocation.models import Leave, ReviewerProfile
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World


def test_a_reviewer_says_what_they_take_and_when_they_are_away(world: World) -> None:
    person = world.person("reviewer")
    client, url = visitor(person), reverse("reviewer", args=[person.pk])
    assert url in client.get(reverse("account")).content.decode()
    client.post(url, {"act": "takes", "languages": ["ar"], "sectors": ["health"], "countries": "eg، jo"})
    profile = ReviewerProfile.objects.get(person=person)
    assert (profile.languages, profile.sectors, profile.countries) == (["ar"], ["health"], ["EG", "JO"])
    today = timezone.localdate()
    days = {"first": today.isoformat(), "last": (today + timedelta(days=3)).isoformat()}
    done = client.post(url, {"act": "leave", **days, "note": "سفر عائلي"}, follow=True)
    assert "سفر عائلي" in text_of(done)
    client.post(url, {"act": "cancel", "leave": Leave.objects.get().pk})
    assert "No leave lies ahead" in text_of(client.get(url))
    assert queries_for(client, url) <= 15


def test_countries_are_ticked_by_name_and_taken_by_any_name(world: World) -> None:
    person = world.person("reviewer")
    client, url = visitor(person, "ar"), reverse("reviewer", args=[person.pk])
    assert '<input type="checkbox" name="countries" value="EG"> مصر' in client.get(url).text
    client.post(url, {"act": "takes", "countries": ["JO", "مصر", "المملكة العربية السعودية"]})
    assert ReviewerProfile.objects.get().countries == ["EG", "JO", "SA"]
    ticked = client.get(url).text.partition('id="countries"')[2]
    assert ticked.index('value="SA" checked') < ticked.index('value="AF">')


def test_what_is_refused_comes_back_as_it_was_typed(world: World) -> None:
    person = world.person("reviewer")
    client, url = visitor(world.person("coordinator")), reverse("reviewer", args=[person.pk])
    for typed, words in (
        ({"act": "takes", "countries": "EG Atlantis"}, "No country is called so: Atlantis"),
        ({"act": "limits", "most": "many"}, "write a whole number from 0 to 200"),
        ({"act": "leave", "first": "31.1.2027", "last": ""}, "Give both days"),
        ({"act": "leave", "first": "2099-02-02", "last": "2099-02-01"}, "The last day lies before the first"),
    ):
        refused = client.post(url, typed)
        assert refused.status_code == 409
        assert words in text_of(refused)
        for value in " ".join(typed.values()).split():
            assert value in refused.content.decode()
    assert not ReviewerProfile.objects.exists()
    client.post(url, {"act": "limits", "most": "٣", "senior": "on"})
    assert (ReviewerProfile.objects.get().most, ReviewerProfile.objects.get().senior) == (3, True)


def test_the_page_does_not_exist_for_others_and_has_no_limits_to_set_for_oneself(world: World) -> None:
    person = world.person("reviewer")
    url = reverse("reviewer", args=[person.pk])
    for other in (world.person("reviewer", 1), world.applicant, world.stranger):
        assert visitor(other).get(url).status_code == 404
    own = visitor(person)
    assert 'name="most"' not in own.get(url).content.decode()
    assert own.post(url, {"act": "limits", "most": "9"}).status_code == 409
    assert own.post(url, {"act": "sing"}).status_code == 400
    assert own.post(url, {"act": "cancel", "leave": "1"}).status_code == 404
