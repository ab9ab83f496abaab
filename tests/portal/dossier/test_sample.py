"""The page on which samples for visits are drawn: what it asks, what it refuses, and what stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.visits import draw_sample, drawn_samples
from accreditation_engine.scoring.sampling import draw
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World, at_once

SITES = [f"branch-{number:02d}" for number in range(1, 26)]
LIST = "\r\n".join(SITES)


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("screening")


@pytest.fixture
def coordinator(world: World) -> User:
    return world.person("coordinator")


def send(client: Client, file: Dossier, act: str, **typed: Any) -> HttpResponse:
    return client.post(
        page_of(file, "sample"), {"units": LIST, "audit": "initial", "seen": 0} | typed | {"act": act}
    )


def sized(client: Client, file: Dossier, **typed: Any) -> dict[str, str]:
    """What the page sends along once it has shown the size."""
    response = send(client, file, "size", **typed)
    assert response.status_code == 200, text_of(response)
    return {name: hidden(response, name) for name in ("seen", "sized")}


def press_draw(client: Client, file: Dossier, **typed: Any) -> HttpResponse:
    return send(client, file, "draw", **{**sized(client, file, **typed), **typed})


def drawn_by(world: World, file: Dossier, chosen: dict[str, str] | None = None) -> None:
    person = world.person("coordinator")
    draw_sample(dossier=file, units=SITES, audit="initial", chosen=chosen or {}, by=person)


def test_size_is_shown_with_its_reason_before_anything_is_drawn(file: Dossier, coordinator: User) -> None:
    page = text_of(
        send(visitor(coordinator), file, "size", audit="surveillance", units="\n".join(SITES[:23]))
    )
    assert "Size of the sample: 3 of 23" in page
    assert (
        "The square root of 23 is 4.8; 0.6 of it, as for every visit of this kind, is 2.88, rounded up: 3."
        in page
    )
    assert "Left to chance: at least 1, a quarter rounded up. May be chosen: at most 2." in page
    assert not drawn_samples(file)


def test_size_is_told_in_arabic(file: Dossier, coordinator: User) -> None:
    page = text_of(send(visitor(coordinator, "ar"), file, "size"))
    assert "حجم العينة: 5 من 25" in page
    assert "الجذر التربيعي للعدد 25 هو 5، ويقرب إلى أعلى: 5." in page


def test_draw_shows_who_chose_what_and_all_it_takes_to_repeat_it(file: Dossier, coordinator: User) -> None:
    client = visitor(coordinator)
    typed = {"chosen": ["branch-07", "", ""], "reason": ["complaints last year", "", ""]}
    response = press_draw(client, file, **typed)
    assert response.status_code == 302
    assert response.url.endswith("#draw-1")
    ((event, sample),) = drawn_samples(file)
    assert sample == draw(SITES, audit="initial", seed=sample.seed, chosen=sample.chosen)
    assert event.actor == coordinator.pk
    page = text_of(client.get(page_of(file, "sample")))
    for words in (*sample.drawn, "branch-07 complaints last year", f"by {coordinator.name}", sample.seed):
        assert words in page
    assert "drawn again: the same" in page
    assert f"manage.py redraw_samples {file.number}" in page


def test_branches_are_listed_as_people_count(file: Dossier, coordinator: User) -> None:
    client, units = visitor(coordinator), [f"Site {number}" for number in (10, 9, 2, 1, 11)]
    assert press_draw(client, file, units="\n".join(units)).status_code == 302
    page = client.get(page_of(file, "sample")).content.decode()
    listed = [f"Site {number}" for number in (1, 2, 9, 10, 11)]
    assert re.findall(r"<li><bdi>(Site \d+)</bdi></li>", page)[-5:] == listed
    assert "\n".join(listed) in page, "the list that the next draw begins with"


def test_branch_is_one_whichever_digits_it_is_typed_in(file: Dossier, coordinator: User) -> None:
    client, units = visitor(coordinator), "\n".join(["فرع ٣", *(f"فرع {number}" for number in range(4, 13))])
    twice = send(client, file, "size", units=f"{units}\nفرع 3")
    assert "These stand more than once: فرع ٣, فرع 3." in text_of(twice)
    assert press_draw(client, file, units=units, chosen=["فرع 3"], reason=["a complaint"]).status_code == 302
    ((_event, sample),) = drawn_samples(file)
    assert [(each.unit, each.reason) for each in sample.chosen] == [("فرع ٣", "a complaint")]


def test_reviewer_of_the_file_draws(world: World) -> None:
    file = world.dossier("in_review")
    reviewer = Assignment.objects.filter(dossier=file).first().reviewer  # type: ignore[union-attr]
    assert press_draw(visitor(reviewer), file).status_code == 302
    assert [event.role for event, _sample in drawn_samples(file)] == ["reviewer"]


def test_reviewer_does_not_learn_who_reviews_beside_them(world: World) -> None:
    file = world.dossier("in_review")
    one, other = (each.reviewer for each in Assignment.objects.filter(dossier=file).order_by("pk"))
    press_draw(visitor(one), file, chosen=[SITES[0]], reason=["far away"])
    page = text_of(visitor(other).get(page_of(file, "sample")))
    assert one.name not in page
    assert "Reviewer · " in page
    assert one.name in text_of(visitor(one).get(page_of(file, "sample")))
    assert one.name in text_of(visitor(world.person("coordinator")).get(page_of(file, "sample")))


def test_double_click_draws_once_and_shows_that_draw(file: Dossier, coordinator: User) -> None:
    client = visitor(coordinator)
    kept = sized(client, file)
    assert send(client, file, "draw", **kept).url.endswith("#draw-1")
    again = send(client, file, "draw", **kept)
    assert again.status_code == 302
    assert again.url.endswith("#draw-1")
    assert len(drawn_samples(file)) == 1
    assert "It was not drawn twice" in text_of(client.get(again.url))


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_draw_once(world: World) -> None:
    file, client = world.dossier("screening"), visitor(world.person("coordinator"))
    kept = sized(client, file)
    cookies = client.cookies

    def press() -> int:
        twin = visitor()
        twin.cookies = cookies.copy()
        return send(twin, file, "draw", **kept).status_code

    assert at_once(press, press) == [302, 302]
    assert len(drawn_samples(file)) == 1


def test_draw_of_a_colleague_is_shown_first_when_it_came_between(
    world: World, file: Dossier, coordinator: User
) -> None:
    other = visitor(world.new_person("second", "coordinator"))
    client = visitor(coordinator)
    kept = sized(client, file)
    press_draw(other, file)
    response = send(client, file, "draw", **kept, chosen=[SITES[3]], reason=["new manager"])
    assert response.status_code == 409
    page = text_of(response)
    assert "Another sample has been drawn since this page was opened" in page
    assert "new manager" in response.content.decode()
    kept = {name: hidden(response, name) for name in ("seen", "sized")}
    assert send(client, file, "draw", **kept, chosen=[SITES[3]], reason=["new manager"]).status_code == 302
    assert len(drawn_samples(file)) == 2


def test_nothing_is_drawn_when_the_list_is_not_the_one_whose_size_was_shown(
    file: Dossier, coordinator: User
) -> None:
    client = visitor(coordinator)
    kept = sized(client, file)
    response = send(client, file, "draw", **kept, units=LIST + "\r\nbranch-26")
    assert response.status_code == 409
    assert "Size of the sample: 6 of 26" in text_of(response)
    assert not drawn_samples(file)
    kept["sized"] = hidden(response, "sized")
    assert send(client, file, "draw", **kept, units=LIST + "\r\nbranch-26").status_code == 302


def test_earlier_draws_stay_and_the_first_stands_first(
    world: World, file: Dossier, coordinator: User
) -> None:
    client = visitor(coordinator)
    press_draw(client, file)
    press_draw(client, file, audit="surveillance")
    response = client.get(page_of(file, "sample"))
    assert [each["number"] for each in response.context["draws"]] == [1, 2]
    page = response.content.decode()
    seeds = [sample.seed for _event, sample in drawn_samples(file)]
    assert page.index(seeds[0]) < page.index(seeds[1])
    assert response.context["form"]["units"]["value"] == "\n".join(SITES)
    assert "This is the list of the last draw" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"units": " \r\n "}, "units", "Name at least one branch or programme"),
        ({"units": "a\r\nb\r\na"}, "units", "These stand more than once: a."),
        ({"units": "فرع  طنطا\r\n\u200fفرع طنطا"}, "units", "These stand more than once: فرع طنطا."),
        ({"units": "\n".join(map(str, range(2001)))}, "units", "at most 2000 can be"),
        ({"audit": ""}, "audit", "Choose the kind of visit."),
        ({"chosen": ["mars"], "reason": ["far"]}, "chosen-0", "'mars' is not among the units"),
        ({"chosen": [SITES[0]], "reason": [""]}, "reason-0", "Say why you choose: branch-01."),
        ({"chosen": ["", SITES[0]], "reason": ["", ""]}, "reason-0", "Say why you choose: branch-01."),
        ({"chosen": [""], "reason": ["why not"]}, "chosen-0", "Say for which branch or programme"),
        ({"chosen": [SITES[0]] * 2, "reason": ["a", "b"]}, "chosen-1", "stands twice"),
        ({"chosen": SITES[:4], "reason": ["so"] * 4}, "choices", "4 of 5 are chosen; at most 3 may be"),
    ],
)
def test_what_was_typed_stays_and_the_field_is_named_when_it_is_refused(
    file: Dossier, coordinator: User, typed: dict[str, Any], field: str, words: str
) -> None:
    response = send(visitor(coordinator), file, "draw", **typed)
    assert response.status_code == 409
    assert not drawn_samples(file)
    assert field in [each["target"] for each in response.context["errors"]]
    content, page = response.content.decode(), text_of(response)
    assert page.count(words) >= 2, "in the summary and at the field"
    assert f'href="#{field}"' in content
    assert f'id="{field}"' in content
    assert f'id="{field}-error"' in content
    for value in (*typed.get("chosen", []), *typed.get("reason", [])):
        assert not value or f'value="{value}"' in content
    assert (typed.get("units", LIST).strip().splitlines() or [""])[-1] in content


def test_button_to_draw_is_only_there_when_the_size_was_shown(file: Dossier, coordinator: User) -> None:
    client = visitor(coordinator)
    assert 'value="draw"' not in client.get(page_of(file, "sample")).content.decode()
    assert 'value="draw"' in send(client, file, "size").content.decode()
    assert 'value="draw"' not in send(client, file, "size", audit="").content.decode()


@pytest.mark.parametrize("typed", [{"act": "other"}, {"audit": "yearly"}, {"seen": "x"}, {"seen": "-1"}])
def test_nonsense_is_a_bad_request(file: Dossier, coordinator: User, typed: dict[str, str]) -> None:
    whole = {"act": "size", "units": LIST, "audit": "initial", "seen": "0"} | typed
    assert visitor(coordinator).post(page_of(file, "sample"), whole).status_code == 400


def test_each_role_sees_the_page_that_is_for_it(world: World) -> None:
    file = world.dossier("deciding")
    drawn_by(world, file, {SITES[0]: "complaints"})
    for role in ("coordinator", "reviewer"):
        page = visitor(world.person(role)).get(page_of(file, "sample")).content.decode()
        assert "complaints" in page
        assert 'name="units"' in page
    page = visitor(world.person("auditor")).get(page_of(file, "sample")).content.decode()
    assert "complaints" in page
    assert 'name="units"' not in page
    for role in ("applicant", "panel", "appeal_panel"):
        client = visitor(world.person(role))
        assert client.get(page_of(file, "sample")).status_code == 404, role
        assert page_of(file, "sample") not in client.get(page_of(file)).content.decode()
    assert visitor(world.stranger).get(page_of(file, "sample")).status_code == 404


def test_auditor_who_sends_the_form_is_refused_in_words(world: World, file: Dossier) -> None:
    response = send(visitor(world.person("auditor")), file, "draw")
    assert response.status_code == 409
    assert "This was not done" in text_of(response)
    assert not drawn_samples(file)


def test_page_does_not_exist_for_a_coordinator_who_acts_for_the_organisation(
    world: World, file: Dossier
) -> None:
    both = world.new_person("both", "coordinator")
    join(organisation=file.organisation, user=both, by=SYSTEM)
    assert visitor(both).get(page_of(file)).status_code == 200
    assert visitor(both).get(page_of(file, "sample")).status_code == 404
    assert send(visitor(both), file, "draw").status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "auditor"])
def test_way_to_the_page_stands_on_the_file(world: World, role: str) -> None:
    file = world.dossier("in_review")
    assert page_of(file, "sample") in visitor(world.person(role)).get(page_of(file)).content.decode()


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "auditor"])
def test_page_costs_the_same_however_many_draws(world: World, role: str) -> None:
    few, many = world.dossier("in_review"), world.dossier("in_review")
    for file, draws in ((few, 1), (many, 4)):
        for _each in range(draws):
            drawn_by(world, file, {SITES[0]: "complaints"})
    client = visitor(world.person(role))
    assert queries_for(client, page_of(few, "sample")) == queries_for(client, page_of(many, "sample")) <= 9
