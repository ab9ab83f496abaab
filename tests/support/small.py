"""A small scheme with everything that judges: three criteria, reviews, findings, and a vote of the panel."""

from __future__ import annotations

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, assign, rate
from accreditation_engine.reviews.models import Assignment
from tests.support.world import World, changed

RUBRIC = """\
rubric: mini
edition: "1"
title: {ar: مصغرة, en: Mini}
source: Invented for tests
scale: {minimum: 0, maximum: 4, step: 1, also: [not_applicable, unable_to_verify]}
areas:
  - id: a
    title: {ar: أ, en: A}
    criteria:
      - {id: a-1, title: {ar: أ ١, en: A 1}}
      - {id: a-2, title: {ar: أ ٢, en: A 2}}
  - id: b
    title: {ar: ب, en: B}
    criteria:
      - {id: b-1, title: {ar: ب ١, en: B 1}}
findings:
  - {severity: major, rating_at_most: 0, correct_within: P90D}
  - {severity: minor, rating_at_most: 1, correct_within: P180D}
  - {severity: observation, rating_at_most: 2}
outcomes:
  - {outcome: gold, title: {ar: ذهبية, en: Gold}, when: {score: {at_least: 90}}, valid_for: P3Y}
  - {outcome: plain, title: {ar: عادية, en: Plain}, when: {score: {at_least: 50}}, valid_for: P1Y}
  - {outcome: none, title: {ar: لا شيء, en: None}}
"""

WORKFLOW = """\
workflow: mini
edition: "1"
title: {ar: مصغر, en: Mini}
rubrics: [mini]
subject: dossier
initial: in_review
states:
  in_review: {title: {ar: مراجعة, en: In review}, waits_for: reviewer}
  deciding: {title: {ar: قرار, en: Deciding}, waits_for: panel}
  granted: {title: {ar: منحت, en: Granted}, final: true}
  denied: {title: {ar: رفضت, en: Denied}, final: true}
transitions:
  send_review:
    title: {ar: تسليم, en: Send}
    from: [in_review]
    to: in_review
    by: [reviewer]
    requires: [own_review_complete, {not_involved: [panel]}]
    then: [close_own_review]
  close:
    title: {ar: إغلاق, en: Close}
    from: [in_review]
    to: deciding
    by: [coordinator]
    requires: [{reviews_complete: 1}]
    then: [raise_findings, open_ballot]
  reopen:
    title: {ar: إعادة, en: Reopen}
    from: [deciding]
    to: in_review
    by: [coordinator]
  new_ballot:
    title: {ar: اقتراع جديد, en: New ballot}
    from: [deciding]
    to: deciding
    by: [coordinator]
    then: [open_ballot]
  vote:
    title: {ar: تصويت, en: Vote}
    from: [deciding]
    to: deciding
    by: [panel]
    requires: [{may_vote: [grant, deny, abstain]}, {not_involved: [reviewer]}]
    then: [record_vote]
  grant:
    title: {ar: منح, en: Grant}
    from: [deciding]
    to: granted
    by: [panel]
    requires:
      - score: {at_least: 0}
      - {not_involved: [reviewer]}
    then: [issue_certificate]
  deny:
    title: {ar: رفض, en: Deny}
    from: [deciding]
    to: denied
    by: [panel]
    requires:
      - votes: {quorum: 3, share: 1/2, more_than: true}
      - {not_involved: [reviewer]}
"""
ASKED = "score: {at_least: 0}"
"""What a grant asks for; a test puts its own condition or guard in its place."""


def small_scheme(world: World, asked: str = ASKED) -> None:
    """Open the scheme, its grant asking for `asked`."""
    world.scheme(changed(WORKFLOW, (ASKED, asked)), RUBRIC)


def ask(world: World, dossier: Dossier, reviewer: User) -> Assignment:
    return assign(dossier=dossier, reviewer=reviewer, by=world.person("coordinator"))


def fill(assignment: Assignment, *values: str, rubric: str = "mini") -> None:
    """Rate a-1, a-2 and b-1 with `values`, or as many as are given."""
    ratings = {
        (rubric, name): Rated(value) for name, value in zip(("a-1", "a-2", "b-1"), values, strict=False)
    }
    rate(assignment=assignment, ratings=ratings, by=assignment.reviewer)


def reviewed(world: World, *reviews: tuple[str, str, str]) -> Dossier:
    """A file in `deciding` on which reviewers have given `reviews`, each the ratings of a-1, a-2 and b-1."""
    dossier = world.dossier("in_review", scheme="mini")
    for number, values in enumerate(reviews):
        reviewer = world.person("reviewer", number)
        fill(ask(world, dossier, reviewer), *values)
        perform(dossier, "send_review", reviewer)
    world.perform(dossier, "close")
    return dossier
