"""Calling a sitting, and changing what was planned: each time all of it is one event of the sitting's stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accreditation_engine.dossiers.domain import is_final
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.models import Event

from .doubts import DOUBTS, doubts_about
from .involving import involved_in
from .letters import tell_of_sitting
from .models import AgendaItem, Convened, Sitting, SittingScheme
from .plan import Plan
from .rules import COORDINATOR, may_be_convened, schemes_called_by
from .standing import members_who_acted, settled_in, somebody_came

SITTING_PLANNED = "sitting_planned"
LONGEST_LINE = 200


def call_sitting(*, plan: Plan, by: User) -> Sitting:
    """Call a sitting; all who are convened are told by mail. Raises Refused with all that stands against it."""
    with transaction.atomic():
        _refuse(plan, by, schemes=plan.schemes)
        assert plan.starts_at is not None  # noqa: S101 - refused above
        sitting = Sitting.objects.create(starts_at=plan.starts_at)
        _write(sitting, plan, by)
    return sitting


def change_sitting(*, sitting: Sitting, plan: Plan, seen: int, by: User) -> None:
    """Plan it otherwise. `seen` is the event that whoever does had before their eyes: what somebody else changed
    since is not written over. Raises Refused."""
    with transaction.atomic():
        locked = locked_sitting(sitting)
        before = locked.schemes.values_list("scheme", flat=True)
        if locked.seq != seen:
            raise Refused([Reason("sitting_changed")])
        _refuse(plan, by, schemes={*plan.schemes, *before}, sitting=locked)
        _write(locked, plan, by)
    sitting.refresh_from_db()


def locked_sitting(sitting: Sitting) -> Sitting:
    """Its row, locked. Raises Refused once it is over."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.closed_at or locked.cancelled_at:
        raise Refused([Reason("sitting_over")])
    return locked


def _refuse(
    plan: Plan, by: User, *, schemes: Sequence[str] | set[str], sitting: Sitting | None = None
) -> None:
    if not schemes_called_by(by) or not set(schemes) <= set(schemes_called_by(by)):
        raise Refused([Reason("not_your_role", {"roles": [COORDINATOR]})])
    reasons = list(_against(plan, sitting))
    if reasons:
        raise Refused(reasons)


def _against(plan: Plan, sitting: Sitting | None) -> Iterator[Reason]:
    title_ar, title_en, place = plan.lines
    if not (title_ar and title_en):
        yield Reason("sitting_untitled")
    if not place:
        yield Reason("sitting_nowhere")
    if any(len(each) > LONGEST_LINE for each in plan.lines):
        yield Reason("line_too_long", {"most": LONGEST_LINE})
    yield from _untimely(plan, sitting)
    if not plan.schemes:
        yield Reason("sitting_without_scheme")
    if not plan.members:
        yield Reason("sitting_without_members")
    yield from _unfit_members(plan)
    yield from _missing_members(plan, sitting)
    yield from _unfit_dossiers(plan, settled_in(sitting) if sitting else [])
    yield from _involved_members(plan, sitting)
    yield from doubts_about(plan, sitting)


def _untimely(plan: Plan, sitting: Sitting | None) -> Iterator[Reason]:
    """What is not moved may stay where it is, also once its day is past."""
    if plan.starts_at is None:
        yield Reason("sitting_without_time")
    elif sitting is None or plan.starts_at != sitting.starts_at:
        if localdate(plan.starts_at) < localdate():
            yield Reason("sitting_in_the_past")
        if sitting and somebody_came(sitting):
            yield Reason("sitting_has_begun")


def _unfit_members(plan: Plan) -> Iterator[Reason]:
    fit = set(may_be_convened(plan.schemes).filter(pk__in=[each.pk for each in plan.members]))
    unfit = [each.name for each in plan.members if each not in fit]
    if plan.schemes and unfit:
        yield Reason("not_of_the_panel", {"names": unfit})


def _missing_members(plan: Plan, sitting: Sitting | None) -> Iterator[Reason]:
    """Whoever came, voted or stepped aside was there, whatever is planned afterwards."""
    kept = members_who_acted(sitting) if sitting else []
    gone = [each.name for each in kept if each not in plan.members]
    if gone:
        yield Reason("members_acted", {"names": gone})


def _involved_members(plan: Plan, sitting: Sitting | None) -> Iterator[Reason]:
    """Nobody is convened to hear only what they had a hand in before. Whoever is convened already stays, and steps
    aside for that file; as does whoever has others to decide."""
    there = set(sitting.convened.values_list("member", flat=True)) if sitting else set[UUID]()
    new = [each for each in plan.members if each.pk not in there]
    hands = involved_in(plan.agenda, new)
    heard = [each for each in plan.agenda if each.pk in hands]
    only = [each.name for each in new if heard and all(each.pk in hands[file.pk] for file in heard)]
    if only:
        yield Reason("members_involved", {"names": only, "numbers": [each.number for each in heard]})


def _unfit_dossiers(plan: Plan, settled: Sequence[Dossier]) -> Iterator[Reason]:
    other = [each.number for each in plan.agenda if each.scheme not in plan.schemes]
    if other:
        yield Reason("of_another_scheme", {"numbers": other})
    over = [each.number for each in plan.agenda if is_final(each) and each not in settled]
    if over:
        yield Reason("nothing_to_decide", {"numbers": over})
    gone = [each.number for each in settled if each not in plan.agenda]
    if gone:
        yield Reason("settled_here", {"numbers": gone})


def _write(sitting: Sitting, plan: Plan, by: User) -> None:
    event = _record(sitting, plan, by)
    Sitting.objects.filter(pk=sitting.pk).update(starts_at=plan.starts_at, seq=event.seq)
    sitting.starts_at, sitting.seq = plan.starts_at or sitting.starts_at, event.seq
    sitting.schemes.all().delete()
    SittingScheme.objects.bulk_create(SittingScheme(sitting=sitting, scheme=each) for each in plan.schemes)
    since = dict(sitting.agenda.values_list("dossier", "added_at"))
    sitting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(sitting=sitting, dossier=each, place=place, added_at=since.get(each.pk, event.at))
        for place, each in enumerate(plan.agenda, 1)
    )
    sitting.convened.exclude(member__in=plan.members).delete()
    there = set(sitting.convened.values_list("member", flat=True))
    new = [each for each in plan.members if each.pk not in there]
    Convened.objects.bulk_create(Convened(sitting=sitting, member=each) for each in new)
    tell_of_sitting(sitting, plan.members, by)


def _record(sitting: Sitting, plan: Plan, by: User) -> Event:
    """The titles and the place lie beside the event."""
    assert plan.starts_at is not None  # noqa: S101 - refused before
    data: dict[str, Any] = {
        "starts_at": timestamp(plan.starts_at),
        "schemes": sorted(plan.schemes),
        "members": [{"id": str(each.pk), "name_digest": each.name_digest} for each in plan.members],
        "agenda": [str(each.pk) for each in plan.agenda],
    }
    if plan.sure:
        data["sure"] = sorted(set(plan.sure) & set(DOUBTS))
    words = "\n".join(plan.lines)
    return record(sitting.pk, SITTING_PLANNED, by, role=COORDINATOR, comment=words, data=data)
