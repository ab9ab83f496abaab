"""Visits that come, and that the organisation has not answered to."""

from __future__ import annotations

from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.site_visits.answering import confirm_visit
from accreditation_engine.reviews.site_visits.reminding import remind_of_visits
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import World, later

from .planned import in_review, planned


def written() -> list[tuple[str, str]]:
    return list(Letter.objects.filter(mail=None).values_list("kind", "role"))


def test_the_organisation_is_reminded_once_of_a_visit_that_it_has_not_confirmed(world: World) -> None:
    planned(world, in_review(world))
    nobody_is_written_to()
    for days, expected in ((3, []), (5, [("visit_unconfirmed", "applicant")])):
        with later(days=days):
            for _again in range(2):
                remind_of_visits()
            assert written() == expected


def test_nobody_is_reminded_of_a_visit_that_is_confirmed(world: World) -> None:
    visit = planned(world, in_review(world))
    nobody_is_written_to()
    with later(days=5):
        remind_of_visits()
        confirm_visit(visit=visit, seen=visit.timed_at, by=world.applicant)
        assert "visit_unconfirmed" in dict(written())
        told = [mail for mail in delivered() if world.applicant.email in mail.to]
        assert told == []
