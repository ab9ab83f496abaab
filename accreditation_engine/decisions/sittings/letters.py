"""Mail to those who are convened to a sitting: in the transaction of what happened, and as it stands when it is
sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.organisations.models import User

from .details import details_of, with_details
from .models import Convened, Sitting

PLANNED, CANCELLED = "sitting_planned", "sitting_cancelled"


def tell_of_sitting(sitting: Sitting, members: Iterable[User], by: User) -> None:
    """All who are convened, but not whoever planned it."""
    _write(PLANNED, sitting, members, by)


def tell_of_cancelling(sitting: Sitting, by: User) -> None:
    _write(CANCELLED, sitting, User.objects.filter(pk__in=sitting.convened.values("member")), by)


def _write(kind: str, sitting: Sitting, members: Iterable[User], by: User) -> None:
    facts = {"sitting": str(sitting.pk)}
    write(ToWrite(each.pk, each.digest, kind, facts=facts) for each in members if each.pk != by.pk)


@told_in_mail(PLANNED)
def _planned(letters: Sequence[Letter], readings: Readings) -> Told:
    """When and whether it takes place may have changed since; whoever is convened no more is told nothing."""
    words = _(
        "You are convened to a sitting of the panel: %(title)s, %(moment)s, %(place)s. Its agenda stands under"
        " “Sittings”."
    )
    erased = _("You are convened to a sitting of the panel: %(moment)s. Its agenda stands under “Sittings”.")
    return {
        letter: (words if details_of(sitting).place else erased) % _named(sitting)
        for letter, sitting in _still_convened(letters)
        if not (sitting.cancelled_at or sitting.closed_at)
    }


def _named(sitting: Sitting) -> dict[str, str]:
    details = details_of(sitting)
    return isolated({"title": details.title(sitting), "moment": _moment(sitting), "place": details.place})


@told_in_mail(CANCELLED)
def _cancelled(letters: Sequence[Letter], readings: Readings) -> Told:
    words = _("The sitting of the panel of %(moment)s does not take place.")
    return {
        letter: words % isolated({"moment": _moment(sitting)}) for letter, sitting in _still_convened(letters)
    }


def _still_convened(letters: Sequence[Letter]) -> list[tuple[UUID, Sitting]]:
    """The letters to those who are, with their sittings. Two queries."""
    wanted = {each.pk: UUID(each.facts["sitting"]) for each in letters}
    rows = with_details(Sitting.objects.filter(pk__in=wanted.values()))
    seats = Convened.objects.filter(
        sitting__in=wanted.values(), member__in={each.person_id for each in letters}
    )
    convened = {(each.sitting_id, each.member_id) for each in seats}
    known = {each.pk: each for each in rows}
    return [
        (each.pk, known[wanted[each.pk]]) for each in letters if (wanted[each.pk], each.person_id) in convened
    ]


def _moment(sitting: Sitting) -> str:
    at = localtime(sitting.starts_at)
    return f"{date_format(at, 'j F Y')} {at:%H:%M}"
