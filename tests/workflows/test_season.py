"""A season: forty organisations, twelve reviewers and a panel of five with interests of their own, one trail."""

from __future__ import annotations

from collections import Counter

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.decisions.models import Sitting
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter, Mail, ReminderMade
from accreditation_engine.portal.sittings.paper import minutes_paper
from accreditation_engine.portal.sittings.shown import sitting_for
from accreditation_engine.reviews.allocation.drawing import drawn_again
from accreditation_engine.trail.models import Event
from tests.certificates.paper.reading import text_of
from tests.support.bundles import checked, files_of
from tests.support.world import World

from .season import deciding, plan, reviewing, settling
from .season.people import Season, new_season
from .season.told import Trail, trail

pytestmark = [
    pytest.mark.usefixtures("keys_of_its_own"),
    pytest.mark.same_on_any_database,  # each of its steps is tried on both by itself, and a season takes a while
]


def test_a_season_ends_and_nobody_judged_where_they_had_an_interest(world: World) -> None:
    with time_machine.travel(timezone.now()) as clock:
        season = new_season(world, clock)
        sittings = play(season)
        told = trail()
        every_file_has_ended(season)
        nobody_judged_in_their_own_cause(season, told)
        draws_are_made_again_and_explain_every_load(season)
        overdue_reviews_were_seen_to(season, told)
        reviewers_agreed_and_what_each_gave_stays(season, told)
        who_was_objected_to_had_rated_nothing(season, told)
        appeals_were_heard_by_others(season, told)
        votes_were_counted_when_all_were_in(season, told)
        minutes_name_who_was_there(season, told, sittings)
        no_mail_went_twice()
        assert list(verify_all()) == []
        assert checked(files_of([each.pk for each in season.files])).ok


def play(season: Season) -> list[Sitting]:
    """From the first submission to the last announcement."""
    reviewing.hand_in(season)
    reviewing.look_for_interests(season)
    reviewing.review(season, but=plan.LATE)
    settling.ask(season)
    settling.close_reviews(season)
    first = deciding.decide(season)
    season.wait(days=1)
    deciding.announce(season)
    deciding.appeal(season)
    settling.see_to_late_reviews(season)
    settling.correct(season)
    second = deciding.decide(season, absent=[season.panel[3]])
    deciding.announce(season)
    deciding.suspend_and_reinstate(season)
    season.wait(days=15)
    season.wait(days=1)  # for what was written to people in the last hour
    return [first, second]


def every_file_has_ended(season: Season) -> None:
    final = {plan.WITHDRAWN: "withdrawn", plan.LAPSED: "lapsed"}
    final |= dict.fromkeys(plan.REFUSED - {plan.APPEAL_WON}, "refusal_final")
    for number, file in enumerate(season.files):
        assert file.state == final.get(number, "certified"), number
    assert Counter(Certificate.objects.values_list("state", flat=True)) == {
        "active": plan.ORGANISATIONS - len(final)
    }


def nobody_judged_in_their_own_cause(season: Season, told: Trail) -> None:
    for number, file in enumerate(season.files):
        judges = told.judges(file.pk)
        tied = season.tied[file.organisation_id] | told.left_out(file.pk)
        assert not tied & set().union(*judges.values()), number
        assert not judges["reviewer"] & judges["panel"]
        if file.state in {"certified", "refusal_final"}:
            assert len(judges["reviewer"]) == 2
            assert len(judges["panel"]) >= 3
    for number in (plan.DECLARED, plan.UPHELD, plan.TIE_NAMED, plan.RECUSED, plan.PANEL_DECLARED):
        assert told.left_out(season.files[number].pk), number


def draws_are_made_again_and_explain_every_load(season: Season) -> None:
    """Each draw counts what those before have given; nobody is drawn beyond what they take, when they are away, or
    for what they do not take; and else chance alone says who has how many."""
    draws = list(Event.objects.filter(kind="reviewers_drawn").order_by("at"))
    assert len(draws) == plan.ORGANISATIONS - 1
    load = Counter[str]()
    for each in draws:
        assert drawn_again(each)
        pool = {one["reviewer"]: one for one in each.data["pool"]}
        assert {name: one["load"] for name, one in pool.items()} == {name: load[name] for name in pool}
        fit = {name for name, one in pool.items() if not one["against"]}
        seniors = {name for name in fit if pool[name]["senior"]}
        assert len(each.data["drawn"]) == min(2, len(fit))
        assert seniors.intersection(each.data["drawn"]) or not seniors
        load.update(each.data["drawn"])
    for number, reviewer in enumerate(season.reviewers):
        assert load[str(reviewer.pk)] <= plan.MOST.get(number, plan.USUAL_MOST)
    assert load[str(season.reviewers[plan.AWAY].pk)] == 0
    sectors = {each.pk: each.organisation.sector for each in season.files}
    one_sector = str(season.reviewers[plan.ONE_SECTOR].pk)
    assert {sectors[each.stream] for each in draws if one_sector in each.data["drawn"]} <= {"health"}


def overdue_reviews_were_seen_to(season: Season, told: Trail) -> None:
    """Once reminded, once escalated, given to somebody else."""
    for file in season.those(*plan.LATE):
        (given_on,) = told.of(file.pk, "handed_over")
        assert given_on["data"]["from"] not in {str(each) for each in told.judges(file.pk)["reviewer"]}
        late = file.assignments.get(reviewer=given_on["data"]["from"])
        made = ReminderMade.objects.filter(about=file.pk, what="review", entry=late.pk, skipped=False)
        assert made.count() == 2, file.number
        letters = Letter.objects.filter(kind="review_reminder", dossier=file.pk)
        assert Counter(letters.values_list("role", flat=True)) == {"reviewer": 1, "coordinator": 1}
    (last,) = season.those(plan.LATE[-1])
    taken = [each["transition"] for each in told.of(last.pk, "transition")]
    assert taken.count("escalate") == taken.count("resume_review") == 1


def reviewers_agreed_and_what_each_gave_stays(season: Season, told: Trail) -> None:
    for file in season.those(*plan.APART):
        (reached,) = told.of(file.pk, "consensus_reached")
        (proposed,) = told.of(file.pk, "consensus_proposed")
        assert proposed["comment_digest"]
        assert reached["data"]["value"] == "3"
        given = [each["data"]["ratings"]["season"]["board"] for each in told.of(file.pk, "rated")]
        assert sorted(given) == ["1", "4"]


def who_was_objected_to_had_rated_nothing(season: Season, told: Trail) -> None:
    (file,) = season.those(plan.UPHELD)
    (upheld,) = told.of(file.pk, "objection_upheld")
    (released,) = told.of(file.pk, "released")
    assert released["data"]["reviewer"] == upheld["data"]["reviewer"]
    assert upheld["data"]["reviewer"] not in {each["actor"]["id"] for each in told.of(file.pk, "rated")}


def appeals_were_heard_by_others(season: Season, told: Trail) -> None:
    for file in season.those(plan.APPEAL_WON, plan.APPEAL_LOST):
        judges = told.judges(file.pk)
        assert judges["appeal_panel"] == {each.pk for each in season.appeals}
        assert not judges["appeal_panel"] & (judges["reviewer"] | judges["panel"])


def votes_were_counted_when_all_were_in(season: Season, told: Trail) -> None:
    """Each decision names the votes it counted, all of them cast before it."""
    for file in season.files:
        steps = told.of(file.pk, "transition")
        votes = {each["seq"] for each in steps if each["transition"] in {"vote", "vote_on_appeal"}}
        counted = [
            (each["seq"], cast["seq"])
            for each in steps
            for cast in each["data"].get("judged", {}).get("cast", ())
        ]
        assert {vote for _decision, vote in counted} == votes
        assert all(vote < decision for decision, vote in counted)


def minutes_name_who_was_there(season: Season, told: Trail, sittings: list[Sitting]) -> None:
    for sitting, absent in zip(sittings, ([], [season.panel[3]]), strict=True):
        came = [each for each in season.panel if each not in absent]
        (noted,) = told.of(sitting.pk, "attendance_noted")
        (closed,) = told.of(sitting.pk, "sitting_closed")
        there = {each["id"] for each in noted["data"]["members"]}
        assert there == {str(each.pk) for each in came}
        for item in closed["data"]["items"]:
            assert set(item["present"]) <= there
            assert len(item["present"]) >= item["quorum"]
        paper = text_of(minutes_paper(sitting_for(season.coordinator, sitting.pk), season.coordinator))
        assert all(each.name in paper for each in came)
        assert sum(each.number in paper for each in season.files) == len(closed["data"]["items"])


def no_mail_went_twice() -> None:
    """No letter waits, none says the same to somebody as another, and every mail was sent once."""
    assert not Letter.objects.filter(mail=None, dropped_at=None).exists()
    columns = ("person", "kind", "role", "dossier", "stream", "seq", "facts", "written_at")
    said = Counter(str(row) for row in Letter.objects.values_list(*columns))
    assert said.most_common(1)[0][1] == 1
    assert set(Mail.objects.values_list("state", flat=True)) <= {"sent", "nothing_to_say"}
    sent = [(tuple(each.to), str(each.body)) for each in mail.outbox]
    assert len(sent) == Mail.objects.filter(state="sent").count() > plan.ORGANISATIONS
    assert len(set(sent)) == len(sent)
