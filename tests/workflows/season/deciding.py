"""The panel: sittings, secret votes, decisions that are announced later; appeals; the life of certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.decisions.dissenting import dissent
from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sealing import sealed_ballots
from accreditation_engine.decisions.sittings.attending import Stay, note_attendance
from accreditation_engine.decisions.sittings.doubts import DOUBTS
from accreditation_engine.decisions.sittings.ending import close_sitting
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.planning import call_sitting
from accreditation_engine.decisions.sittings.standing import before_the_sitting
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.visibility import sealed_in, visible
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.declaring import declare, declare_none
from tests.reviews.interests.scheme import refused

from . import plan
from .people import SAID, SCHEME, Season, all_taken


def decide(season: Season, *, absent: Collection[User] = ()) -> Sitting:
    """At a sitting, on all that is before the panel. Whoever is absent does not vote, and ballots are closed
    without them."""
    files = season.standing_in("deciding")
    sitting = _called(season, files)
    season.until(sitting.starts_at)
    came = [each for each in season.panel if each not in absent]
    note_attendance(
        sitting=sitting, stays={each.pk: Stay(sitting.starts_at) for each in came}, by=season.coordinator
    )
    _declare(came, files, "panel", but={plan.PANEL_DECLARED: season.panel[1]}, season=season)
    _step_aside(season)
    _vote(season, files, _voters(season, sitting, came), closed=bool(absent))
    for file in files:
        write_minutes(sitting=sitting, dossier=file, text=SAID, seen=None, by=season.coordinator)
    close_sitting(sitting=sitting, by=season.coordinator)
    _carry_out(season, sitting, files)
    return sitting


def announce(season: Season) -> None:
    """For all at once."""
    for state, step in (
        ("certificate_decided", "announce_certificate"),
        ("refusal_decided", "announce_refusal"),
    ):
        all_taken(season.standing_in(state), step, season.coordinator)


def _called(season: Season, files: Sequence[Dossier]) -> Sitting:
    starts_at = timezone.now() + timedelta(days=2)
    told = Plan("جلسة الموسم", "A sitting", "القاعة", starts_at, [SCHEME], season.panel, files, DOUBTS)
    return call_sitting(plan=told, by=season.coordinator)


def _declare(
    people: Iterable[User],
    files: list[Dossier],
    role: str,
    *,
    season: Season,
    but: Mapping[int, User] | None = None,
) -> None:
    """Whoever may decide says that no interest is in the way; `but` who by file has one to declare."""
    tied = {season.files[number].pk: person for number, person in (but or {}).items()}
    for person in people:
        parts = parts_in_many(person, files)
        for file in files:
            if role not in parts[file.pk].undeclared - parts[file.pk].barred:
                continue
            if tied.get(file.pk) == person:
                declare(dossier=file, role=role, ties={"business": SAID}, by=person)
            else:
                declare_none(dossier=file, role=role, by=person)


def _step_aside(season: Season) -> None:
    (file,) = season.those(plan.RECUSED)
    if file.state == "deciding":
        recuse(dossier=file, reason=SAID, by=season.panel[2])


def _voters(season: Season, sitting: Sitting, came: Collection[User]) -> dict[UUID, list[User]]:
    before = before_the_sitting(sitting, [each.dossier for each in sitting.agenda.all()])
    return {
        file: [each for each in season.panel if each in came and each.pk in stands.able]
        for file, stands in before.items()
    }


def _vote(
    season: Season, files: Sequence[Dossier], voters: Mapping[UUID, list[User]], *, closed: bool
) -> None:
    """All but the last of each file, then the last: until then nobody sees how anybody voted."""
    _cast(season, files, {file: members[:-1] for file, members in voters.items()})
    _nobody_sees_votes(season, files)
    _cast(season, files, {file: members[-1:] for file, members in voters.items()})
    if closed:
        _nobody_sees_votes(season, files)
        all_taken(files, "close_ballot", season.coordinator, comment=SAID)
    sealed = sealed_in(files)
    assert all("votes" in visible(each, ["panel"], sealed) for each in files)


def _cast(season: Season, files: Sequence[Dossier], voters: Mapping[UUID, list[User]]) -> None:
    chosen = defaultdict[tuple[User, str], list[Dossier]](list)
    for file in files:
        for member in voters[file.pk]:
            chosen[member, _choice(season, file, member)].append(file)
    for (member, choice), those in chosen.items():
        all_taken(those, "vote", member, data={"choice": choice})


def _choice(season: Season, file: Dossier, member: User) -> str:
    number, place = season.number(file), season.panel.index(member)
    if number == plan.TIED:
        return {0: "refuse", 1: "certify"}.get(place, "abstain")
    if number == plan.DISSENTED and place == 3:
        return "refuse"
    refuses = number in plan.REFUSED and file.pk not in season.upheld
    return "refuse" if refuses else "certify"


def _nobody_sees_votes(season: Season, files: Sequence[Dossier]) -> None:
    assert set(sealed_ballots(files)) == {each.pk for each in files}
    sealed = sealed_in(files)
    assert all("votes" not in visible(file, roles, sealed) for file in files)
    for step in ("certify", "refuse"):
        found = refused(lambda step=step: perform(files[0], step, season.panel[2], comment=SAID))
        assert "ballot_running" in found
        assert "votes_short" not in found


def _carry_out(season: Season, sitting: Sitting, files: Sequence[Dossier]) -> None:
    """By the first of those who voted. Whoever was outvoted says why."""
    voters = _voters(season, sitting, season.panel)
    steps = defaultdict[tuple[User, str], list[Dossier]](list)
    for file in files:
        refuses = _choice(season, file, season.panel[0]) == "refuse"
        steps[voters[file.pk][0], "refuse" if refuses else "certify"].append(file)
    for (member, step), those in steps.items():
        all_taken(those, step, member, comment=SAID)
    (file,) = season.those(plan.DISSENTED)
    if file in files:
        dissent(dossier=file, reason=SAID, by=season.panel[3])


def appeal(season: Season) -> None:
    """Two organisations appeal. Who sat on the panel may hear appeals as well, and not these."""
    files = season.those(plan.APPEAL_WON, plan.APPEAL_LOST)
    for number, file in zip((plan.APPEAL_WON, plan.APPEAL_LOST), files, strict=True):
        perform(file, "appeal", season.applicants[number], comment=SAID)
    season.wait(days=3)
    _declare(season.appeals, files, "appeal_panel", season=season)
    panel_member = season.panel[1]
    assert refused(lambda: perform(files[0], "vote_on_appeal", panel_member, data={"choice": "dismiss"}))
    for member in season.appeals:
        assert set(sealed_ballots(files)) == {each.pk for each in files}
        for file, choice in zip(files, ("uphold", "dismiss"), strict=True):
            perform(file, "vote_on_appeal", member, data={"choice": choice})
    for file, step in zip(files, ("uphold", "dismiss"), strict=True):
        perform(file, step, season.appeals[0], comment=SAID)
    season.upheld.add(files[0].pk)


def suspend_and_reinstate(season: Season) -> None:
    """One certificate is reinstated by the panel, one on appeal."""
    first, second = (
        Certificate.objects.get(dossier=each)
        for each in season.those(plan.SUSPENDED, plan.SUSPENSION_APPEALED)
    )
    for each in (first, second):
        perform(each, "suspend", _fit(season, each.dossier), comment=SAID)
    season.wait(days=10)
    perform(first, "reinstate", _fit(season, first.dossier), comment=SAID)
    perform(second, "appeal_suspension", season.applicants[plan.SUSPENSION_APPEALED], comment=SAID)
    perform(second, "uphold_appeal", season.appeals[0], comment=SAID)
    assert {first.state, second.state} == {"active"}


def _fit(season: Season, file: Dossier) -> User:
    """The first of the panel who has no tie with the organisation and did not review it."""
    reviewed = set(file.assignments.values_list("reviewer", flat=True))
    out = season.tied[file.organisation_id] | reviewed
    return next(each for each in season.panel if each.pk not in out)
