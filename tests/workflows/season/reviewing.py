"""From the queue to what the reviewers came to: drawn, objected to, late, handed over, at odds, agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, rate, release
from accreditation_engine.reviews.interests.declaring import declare, declare_none
from accreditation_engine.reviews.interests.objecting import answer_objection, object_to
from accreditation_engine.reviews.models import Assignment, Objection
from accreditation_engine.reviews.queue.claiming import claim_next
from tests.reviews.interests.scheme import refused

from . import plan
from .people import SAID, Season, all_taken, submit


def hand_in(season: Season) -> None:
    for number in range(plan.ORGANISATIONS):
        if number != plan.LAPSED:
            submit(season, number)
    season.wait(days=1)
    back = season.files[plan.RETURNED]
    perform(back, "return_for_completion", season.coordinator, comment=SAID)
    perform(back, "submit", season.applicants[plan.RETURNED])
    all_taken(season.standing_in("screening"), "accept", season.coordinator)  # the site draws reviewers


def look_for_interests(season: Season) -> None:
    """Reviewers leave and are left out before they have rated anything; others take the places from the queue."""
    tied = reviews_of(season.files[plan.DECLARED])[0]
    assert refused(lambda: _rate(season, tied, 0)) == ["declare_first"]
    declare(dossier=tied.dossier, role="reviewer", ties={"family": SAID}, by=tied.reviewer)
    for number, uphold in ((plan.UPHELD, True), (plan.REJECTED, False)):
        _object(season, number, uphold=uphold)
    given_back = reviews_of(season.files[plan.GIVEN_BACK])[0]
    release(assignment=given_back, by=given_back.reviewer, reason=SAID)
    season.wait(days=1)
    _take_places(season)


def _object(season: Season, number: int, *, uphold: bool) -> None:
    named = reviews_of(season.files[number])[0]
    objection = object_to(assignment=named, reason=SAID, by=season.applicants[number])
    declare_none(dossier=named.dossier, role="reviewer", by=named.reviewer)
    answer_objection(objection=objection, uphold=uphold, reason=SAID, by=season.coordinator)
    assert Objection.objects.get(pk=objection.pk).upheld is uphold


def _take_places(season: Season) -> None:
    """In turns, until nothing is left in anybody's queue."""
    waiting = list(season.reviewers[: plan.AWAY])
    while waiting:
        waiting = [each for each in waiting if _takes_one(each)]
    for file in season.standing_in("in_review"):
        assert len(reviews_of(file)) == 2, f"{file.number} still has an open place"


def _takes_one(reviewer: User) -> bool:
    """Whoever writes as many reviews as they may leaves the rest to others."""
    with suppress(Refused):
        return claim_next(by=reviewer) is not None
    return False


def review(season: Season, *, but: Iterable[int] = ()) -> None:
    """Everybody rates and sends what they have; of files in `but` the second reviewer does not."""
    late, sent = set(but), defaultdict[User, list[Dossier]](list)
    for file in season.standing_in("in_review"):
        for place, assignment in enumerate(reviews_of(file)):
            if assignment.sent_at is None and not (place == 1 and season.number(file) in late):
                declare_none(dossier=file, role="reviewer", by=assignment.reviewer)
                _rate(season, assignment, place)
                sent[assignment.reviewer].append(file)
    for reviewer, files in sent.items():
        all_taken(files, "send_review", reviewer)


def _rate(season: Season, assignment: Assignment, place: int) -> None:
    given = plan.ratings(season.number(assignment.dossier), place)
    ratings = {key: Rated(value) for key, value in given.items()}
    rate(assignment=assignment, ratings=ratings, by=assignment.reviewer)


def reviews_of(file: Dossier) -> list[Assignment]:
    standing = Assignment.objects.filter(dossier=file, released_at=None)
    return list(standing.select_related("dossier", "reviewer").order_by("pk"))
