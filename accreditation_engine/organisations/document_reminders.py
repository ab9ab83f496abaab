"""Reminding an organisation's people of papers that run out: a month before, a week before, and when they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.rows import insert

from .letters.models import Letter, ReminderMade
from .letters.told import Readings, Told, told_in_mail
from .letters.writing import ToWrite, write
from .models import Membership, Organisation
from .profile import DATED, Dated
from .profile_words import document_title
from .roles import working

DOCUMENT = "document"
"""Of `ReminderMade.what`, and the kind of the letters."""
RULES = (("P30D", timedelta(days=30)), ("P7D", timedelta(days=7)), ("P0D", timedelta(days=-1)))
"""How long before the last day, the earliest first; the last rule is for a paper that has run out."""
NEVER_OLDER = timedelta(days=30)
"""Nobody is reminded of what ran out long before anybody wrote it down."""


@dataclass(frozen=True)
class Due:
    organisation: UUID
    kind: str
    paper: Dated
    rule: str

    @property
    def made(self) -> ReminderMade:
        return ReminderMade(about=self.organisation, what=DOCUMENT, entry=self.paper.seq, rule=self.rule)


@periodic("reminders of documents", every=timedelta(hours=6))
def remind_of_documents() -> None:
    """Each paper once for each rule, under the last that holds: whoever writes down a day that is near is reminded
    once, not three times."""
    today = timezone.localdate()
    with transaction.atomic():
        due = list(_not_made(list(_due(today))))
        if due:
            insert(ReminderMade, [each.made for each in due])
            write(_letters(due))


def rule_on(until: date, today: date) -> str:
    """The last rule that holds on this day; "" while the day is far off, and long after it."""
    if until < today - NEVER_OLDER:
        return ""
    return next((rule for rule, before in reversed(RULES) if until - before <= today), "")


def _due(today: date) -> Iterator[Due]:
    """What the last event about each paper says. One query."""
    last: dict[tuple[UUID, str], Dated] = {}
    for event in Event.objects.filter(kind=DATED).order_by("at", "seq").iterator():
        last[event.stream, event.data["document"]] = Dated.by(event)
    for (organisation, kind), paper in last.items():
        if paper.until and (rule := rule_on(paper.until, today)):
            yield Due(organisation, kind, paper, rule)


def _not_made(due: Sequence[Due]) -> Iterator[Due]:
    rows = ReminderMade.objects.filter(what=DOCUMENT, about__in={each.organisation for each in due})
    made = set(rows.values_list("about", "entry", "rule")) if due else set()
    for each in due:
        if (each.organisation, each.paper.seq, each.rule) not in made:
            yield each


def _letters(due: Sequence[Due]) -> Iterator[ToWrite]:
    people: dict[UUID, list[Membership]] = {}
    current = working().filter(user__is_active=True).select_related("user")
    for each in current.filter(organisation__in={each.organisation for each in due}):
        people.setdefault(each.organisation_id, []).append(each)
    for paper in due:
        assert paper.paper.until is not None  # noqa: S101 - for the type checker
        facts = {"document": paper.kind, "until": paper.paper.until.isoformat(), "rule": paper.rule}
        for member in people.get(paper.organisation, ()):
            yield ToWrite(
                member.user_id,
                member.user.digest,
                DOCUMENT,
                stream=paper.organisation,
                seq=paper.paper.seq,
                facts=facts,
            )


@told_in_mail(DOCUMENT)
def _told(letters: Sequence[Letter], readings: Readings) -> Told:
    """Whoever acts for the organisation no more is not told."""
    people, streams = {each.person_id for each in letters}, {each.stream for each in letters}
    current = working().filter(user__in=people, organisation__in=streams)
    member = set(current.values_list("user_id", "organisation_id"))
    names = Organisation.objects.in_bulk([each for each in streams if each])
    return {
        each.pk: _sentence(each, names[each.stream])
        for each in letters
        if each.stream in names and (each.person_id, each.stream) in member
    }


def _sentence(letter: Letter, organisation: Organisation) -> str:
    over = letter.facts["rule"] == RULES[-1][0]
    words = (
        _(
            "%(organisation)s: “%(document)s” held until %(day)s. Write down the new day once you have the paper."
        )
        if over
        else _("%(organisation)s: “%(document)s” holds until %(day)s. Renew it in time.")
    )
    return words % isolated(
        {
            "organisation": organisation.name_in(get_language() or "ar"),
            "document": document_title(letter.facts["document"]),
            "day": date_format(date.fromisoformat(letter.facts["until"]), "j F Y"),
        }
    )
