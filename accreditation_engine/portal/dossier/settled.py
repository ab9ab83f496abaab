"""Where reviewers were too far apart, on the page of their ratings: what was agreed in place of their mean, who
proposed and who agreed, when, and why; or that it is still to be agreed, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.visibility import knows_reviewers
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.apart import Apart, apart_among
from accreditation_engine.reviews.models import Assignment, Proposal
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .anonymous import reviewers_called
from .reader import Reader, language
from .rubrics import Key, Section, all_sections, given

Cell = dict[str, Any]


@dataclass(frozen=True)
class Settled:
    """`shown` are the criteria for portal/ratings.html; `cells` what their rows say in the tables."""

    shown: list[dict[str, Any]]
    cells: Mapping[Key, Cell]


def settled(reader: Reader, reviews: Sequence[Assignment]) -> Settled:
    """Where `reviews`, with their ratings, are or were too far apart. Six queries at most, however many criteria;
    none where the rubrics set no bound."""
    if all(each.reconcile_above is None for each in reader.scheme.asked.values()):
        return Settled([], {})
    apart = apart_among(reader.dossier, reviews)
    page = _Page(reader, reviewers_called(reader, reviews), _told(reader, apart))
    places = {
        (section.rubric.id, criterion.id): (section, number, criterion)
        for section in all_sections(reader.scheme)
        for number, criterion in section.criteria
    }
    shown = [page.criterion(each, *places[each.rubric, each.criterion]) for each in apart]
    cells = {
        (each.rubric, each.criterion): _cell(places[each.rubric, each.criterion][0], each) for each in apart
    }
    return Settled(shown, cells)


def _told(reader: Reader, apart: Sequence[Apart]) -> dict[int, Told]:
    """The events of proposals and consents, by number."""
    numbers = [
        consent.seq for each in apart for proposal in _proposals(each) for consent in proposal.consents.all()
    ]
    events = Event.objects.filter(stream=reader.dossier.pk, seq__in=numbers) if numbers else ()
    return {each.event.seq: each for each in told(events)}


def _proposals(apart: Apart) -> tuple[Proposal, ...]:
    """The one that was agreed to; else those that stand."""
    return (apart.settled,) if apart.settled else apart.proposals


def place_of(apart: Apart) -> str:
    return f"agreed-{apart.rubric}-{apart.criterion}"


def _cell(section: Section, apart: Apart) -> Cell:
    """For parts/table.html."""
    address = f"#{place_of(apart)}"
    if not apart.agreed:
        return {"value": _("still to be agreed"), "url": address}
    shown = given(section.rubric, apart.agreed)
    return {"value": shown["rating"], "note": shown["anchor"], "url": address}


@dataclass(frozen=True)
class _Page:
    reader: Reader
    called: Mapping[int, str]
    told: Mapping[int, Told]

    def criterion(self, apart: Apart, section: Section, number: str, criterion: Any) -> dict[str, Any]:
        return {
            "id": place_of(apart),
            "number": number,
            "title": criterion.title.in_language(language()),
            "given": [
                {"name": self.called[each.assignment_id], **given(section.rubric, each.value)}
                for each in apart.ratings
            ],
            "agreed": given(section.rubric, apart.agreed) if apart.agreed else None,
            "proposals": [self.proposal(section, each) for each in _proposals(apart)],
        }

    def proposal(self, section: Section, proposal: Proposal) -> dict[str, Any]:
        """Its reason, and who agrees; whoever made it is the first of them."""
        consents = sorted(each.seq for each in proposal.consents.all())
        made = self.told.get(proposal.seq)
        facts = [
            {"term": _("Proposed by") if seq == proposal.seq else _("Agreed to by"), **self.who(seq)}
            for seq in consents
            if seq in self.told
        ]
        return {
            **given(section.rubric, proposal.value),
            "reason": or_erased(made.comment, made.erased_at) if made else "",
            "facts": facts,
        }

    def who(self, seq: int) -> dict[str, Any]:
        """Reviewers are named above every column of this page, where they are at all; others where their reader
        sees names anyway."""
        each = self.told[seq]
        reviewed = each.event.role == "reviewer" and knows_reviewers(self.reader.dossier, self.reader.roles)
        named = each.actor if self.reader.names or reviewed else ""
        role, day = role_title(each.event.role), day_in_words(each.event.at)
        return {"value": named or role, "note": _(", ").join([role, day] if named else [day])}
