"""A receipt by mail for what an organisation handed in: to its owners and to whoever submitted it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.perform import JUDGED
from accreditation_engine.engine.registry import Taken, following
from accreditation_engine.engine.words import state_title, words_for_applicants
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.organisations.models import Membership, Standing
from accreditation_engine.trail.models import Event

from .declaration import DECLARATION, SIGNED
from .models import Answer, Dossier, Evidence

KIND, APPLICANT = "submitted", "applicant"


@following("self_assessment_complete", SIGNED)
def give_receipts(taken: Sequence[Taken]) -> None:
    """Two statements, however many files were handed in."""
    steps = {each.subject.pk: each for each in taken}
    found = Dossier.objects.filter(pk__in=list(steps)).annotate(
        members=Rows(_members(), "user_id", "standing", "digest"), answered=_answered(), filed=_filed()
    )
    write(
        ToWrite(
            UUID(each["user_id"]),
            each["digest"],
            KIND,
            role=APPLICANT,
            dossier=pk,
            stream=pk,
            seq=steps[pk].event.seq,
            facts={"answers": answered, "files": filed},
        )
        for pk, members, answered, filed in found.values_list("pk", "members", "answered", "filed")
        for each in members
        if each["standing"] == Standing.OWNER or UUID(each["user_id"]) == steps[pk].attempt.actor_id
    )


def _members() -> QuerySet[Membership, Any]:
    current = Membership.objects.filter(ended_at=None, user__is_active=True)
    return current.filter(organisation=OuterRef("organisation")).annotate(digest=F("user__digest"))


def _answered() -> Coalesce:
    return _counted(Answer.objects.exclude(rating=""))


def _filed() -> Coalesce:
    """What the organisation filed, and not what reviewers saw on a visit."""
    return _counted(Evidence.objects.filter(Q(taken_back_at=None), Q(visit=None)))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    own = rows.filter(dossier=OuterRef("pk")).order_by().values("dossier").values(count=Count("pk"))
    return Coalesce(Subquery(own), 0, output_field=IntegerField())


@told_in_mail(KIND)
def _receipts(letters: Sequence[Letter], readings: Readings) -> Told:
    """One query."""
    events = Event.objects.filter(
        stream__in={each.stream for each in letters}, seq__in={each.seq for each in letters}
    )
    by_place = {(each.stream, each.seq): each for each in events}
    found = {}
    for letter in letters:
        reading, event = readings.get(letter.dossier), by_place.get((letter.stream, letter.seq))  # type: ignore[arg-type]
        if reading is not None and event is not None and reading.plays(letter):
            with words_for_applicants():
                found[letter.pk] = "\n".join(_lines(letter, event, reading.dossier.number))
    return found


def _lines(letter: Letter, event: Any, number: str) -> Iterator[str]:
    at = localtime(event.at)
    said = {"number": number, "day": date_format(at, "j F Y"), "time": f"{at:%H:%M}"}
    yield (_("Receipt: file %(number)s was submitted on %(day)s at %(time)s.") % isolated(said))
    yield _("Handed in: %(answers)s, %(files)s.") % {
        "answers": _answers_in_words(letter.facts["answers"]),
        "files": _files_in_words(letter.facts["files"]),
    }
    digests = {**event.data.get(JUDGED, {}), **event.data.get(DECLARATION, {})}
    if digests.get("answers") and digests.get("evidence"):
        yield _(
            "SHA-256 of the answers: %(answers)s; of the files: %(evidence)s. They show later whether anything was"
            " changed."
        ) % isolated({name: digests[name] for name in ("answers", "evidence")})
    state = isolated({"state": state_title(event.edition, event.target)})
    yield (
        _(
            "What comes next: “%(state)s”. Nothing is asked of you until we write again; where the file stands you"
            " can read at any time."
        )
        % state
    )


def _answers_in_words(count: int) -> str:
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


def _files_in_words(count: int) -> str:
    return ngettext("%(count)d file", "%(count)d files", count) % {"count": count}
