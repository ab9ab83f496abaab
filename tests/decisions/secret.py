"""The small scheme with votes that are secret until all are in, and a casting vote of the chair."""

from __future__ import annotations

from typing import Any

from accreditation_engine.decisions.models import Vote
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.support.small import ASKED, RUBRIC, WORKFLOW, reviewed
from tests.support.world import World, changed

CLOSE = """\
  close_ballot:
    title: {ar: إغلاق التصويت, en: Close the ballot}
    from: [deciding]
    to: deciding
    by: [chair, coordinator]
    requires: [ballot_running]
    then: [close_ballot]
  vote:
"""
SECRET = changed(
    WORKFLOW,
    ("{may_vote: [grant, deny, abstain]}", "{may_vote: {choices: [grant, deny, abstain], secret: true}}"),
    ("  vote:\n", CLOSE),
    (ASKED, "votes: {quorum: 2, share: 2/3}"),
    ("votes: {quorum: 3, share: 1/2, more_than: true}", "votes: {quorum: 2, share: 1/2, casting: chair}"),
    (
        "deciding: {title: {ar: قرار, en: Deciding}, waits_for: panel}",
        "deciding: {title: {ar: قرار, en: Deciding}, waits_for: panel, shows: &all"
        " {coordinator: [votes, decision, trail], panel: [answers, scores, votes],"
        " auditor: [votes, trail, scores, ratings, evidence, findings]}}",
    ),
    (
        "granted: {title: {ar: منحت, en: Granted}, final: true}",
        "granted: {title: {ar: منحت, en: Granted}, final: true, shows: *all}",
    ),
    (
        "denied: {title: {ar: رفضت, en: Denied}, final: true}",
        "denied: {title: {ar: رفضت, en: Denied}, final: true, shows: *all}",
    ),
    (
        "    by: [coordinator]\n    then: [open_ballot]\n",
        "    by: [coordinator]\n    requires: [ballot_used]\n    then: [open_ballot]\n",
    ),
)


def before_the_panel(world: World) -> Dossier:
    """A file on which three members vote in secret."""
    world.scheme(SECRET, RUBRIC)
    return reviewed(world, ("4", "4", "4"))


def vote(world: World, file: Dossier, *choices: str) -> list[User]:
    """Each choice by another member; gives the members."""
    members = [world.person("panel", number) for number in range(len(choices))]
    for member, choice in zip(members, choices, strict=True):
        cast(file, member, choice)
    return members


def cast(file: Dossier, member: User, choice: str, comment: str = "") -> Event:
    return perform(file, "vote", member, data={"choice": choice}, comment=comment)


def refused(act: Any, *args: Any, **more: Any) -> list[str]:
    """The codes of the reasons for which `act` is refused."""
    try:
        act(*args, **more)
    except Refused as error:
        return [each.code for each in error.reasons]
    raise AssertionError("it was not refused")


def choices(file: Dossier) -> list[str]:
    return list(Vote.objects.filter(ballot__dossier=file).order_by("pk").values_list("choice", flat=True))
