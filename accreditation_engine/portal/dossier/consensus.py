"""Agreeing on ratings: what reviewers gave side by side, without names, and what is proposed in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.rules import guarded_by
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.reviews.apart import Apart, reviews_apart
from accreditation_engine.reviews.consensus import ROLES, agreeing, panel_wanted, sides
from accreditation_engine.reviews.models import Assignment, Proposal, Rating
from accreditation_engine.reviews.report.standing import bench_of
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told

from .anonymous import letter
from .reader import Reader
from .rubrics import Key, Section, all_sections, given, rating_keys, with_titles


@dataclass(frozen=True)
class TriedToAgree:
    """What was refused: it stays in the form, and the reasons stand above the page."""

    key: Key
    value: str
    reason: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Page:
    reader: Reader
    reviews: Sequence[Assignment]
    said: Mapping[int, str]
    open: bool
    tried: TriedToAgree | None


def consensus_over(reader: Reader) -> bool:
    """Whether the reader, who sees the ratings, asks for a page on which there is nothing to agree, now that no
    step ahead waits for it."""
    bounded = any(each.reconcile_above is not None for each in reader.scheme.asked.values())
    asked = reader.sees("consensus") or guarded_by(reader.dossier, "reconciled")
    return bounded and reader.sees("ratings") and not asked


def consensus_of(reader: Reader, tried: TriedToAgree | None) -> dict[str, Any]:
    """The context of portal/consensus.html. The same number of queries however many criteria."""
    reviews, apart = reviews_apart(reader.dossier)
    speaks = agreeing(reader.dossier) and any(reader.plays(role) for role in sides(reader.dossier))
    page = _Page(reader, reviews, _reasons(reader, apart), speaks, tried)
    places = {
        (section.rubric.id, criterion.id): (section, number, criterion)
        for section in all_sections(reader.scheme)
        for number, criterion in section.criteria
    }
    shown = [_criterion(page, each, *places[each.rubric, each.criterion]) for each in apart]
    return {
        "criteria": shown,
        "unsettled": sum(each.contested or not each.agreed for each in apart),
        "who_agrees": _who_agrees(page, len(reviews)),
        "notice": _refusal(reader, tried),
    }


def _who_agrees(page: _Page, reviewers: int) -> list[str]:
    """How many must agree before a rating counts, on either side."""
    if not page.open:
        return []
    bench = bench_of(page.reader.dossier)
    if bench is not None and bench.role == "appeal_panel":
        return [
            ngettext(
                "A rating counts once %(count)d member of the appeal panel agrees on it.",
                "A rating counts once %(count)d members of the appeal panel agree on it.",
                bench.agree,
            )
            % {"count": bench.agree}
        ]
    panel = panel_wanted(page.reader.scheme, page.reader.dossier.state)
    return [
        ngettext(
            "A rating counts once the one reviewer agrees on it.",
            "A rating counts once all reviewers (%(count)d) agree on it.",
            reviewers,
        )
        % {"count": reviewers},
        ngettext(
            "Where they do not, %(count)d member of the panel can agree on one for them.",
            "Where they do not, %(count)d members of the panel can agree on one for them.",
            panel,
        )
        % {"count": panel},
    ]


def _reasons(reader: Reader, apart: Sequence[Apart]) -> dict[int, str]:
    """What was written beside each proposal, by the number of its event."""
    numbers = [made.seq for each in apart for made in (*each.proposals, each.settled) if made]
    events = Event.objects.filter(stream=reader.dossier.pk, seq__in=numbers)
    return {each.event.seq: or_erased(each.comment, each.erased_at) for each in told(events)}


def _criterion(page: _Page, apart: Apart, section: Section, number: str, criterion: Any) -> dict[str, Any]:
    key, tried = (apart.rubric, apart.criterion), page.tried
    mine = tried if tried and tried.key == key else None
    legend = _("The rating that shall count")
    keys = rating_keys(section.rubric, criterion)
    return {
        "id": f"{apart.rubric}-{apart.criterion}",
        "rubric": apart.rubric,
        "criterion": apart.criterion,
        "number": number,
        "title": with_titles(page.reader.scheme, {"criteria": [apart.criterion]})["criteria"][0],
        "given": [_given(page, section, place, each) for place, each in enumerate(apart.ratings)],
        "agreed": _proposal(page, section, apart.settled) if apart.settled else None,
        "proposals": [_proposal(page, section, each) for each in apart.proposals],
        "open": page.open and (apart.contested or not apart.agreed),
        "contested": apart.contested,
        "seen": max((each.seq for each in apart.proposals), default=0),
        "beside": _beside(page, apart.proposals) if page.open else [],
        "reason": mine.reason if mine else "",
        "rating": {"name": "value", "legend": legend, "value": mine.value if mine else "", **keys},
    }


def _given(page: _Page, section: Section, place: int, rating: Rating) -> dict[str, Any]:
    """A reviewer is a letter: whose word it is shall not weigh. A note is private: only its writer reads it."""
    own = any(
        each.pk == rating.assignment_id and each.reviewer_id == page.reader.person.pk for each in page.reviews
    )
    return {
        "letter": letter(place),
        "own": own,
        "note": rating.note if own else "",
        **given(section.rubric, rating.value),
    }


def _proposal(page: _Page, section: Section, proposal: Proposal) -> dict[str, Any]:
    consents = [each.person_id for each in proposal.consents.all()]
    person = page.reader.person.pk
    speaks = page.open and page.reader.plays(proposal.role)
    return {
        "pk": proposal.pk,
        "backing": _backing(proposal.role, len(consents), len(page.reviews)),
        "reason": page.said.get(proposal.seq, ""),
        "confirm": speaks and person not in consents,
        "withdraw": speaks and proposal.proposed_by_id == person,
        **given(section.rubric, proposal.value),
    }


def _backing(role: str, count: int, reviewers: int) -> str:
    """How many agree, of the side that made the proposal."""
    if role == "reviewer":
        words = ngettext("%(count)d of %(of)d reviewers agrees", "%(count)d of %(of)d reviewers agree", count)
    elif role == "appeal_panel":
        words = ngettext(
            "%(count)d member of the appeal panel agrees",
            "%(count)d members of the appeal panel agree",
            count,
        )
    else:
        words = ngettext(
            "%(count)d member of the panel agrees", "%(count)d members of the panel agree", count
        )
    return words % {"count": count, "of": reviewers}


def _beside(page: _Page, proposals: Sequence[Proposal]) -> list[str]:
    """What becomes of the proposals that stand when the reader makes another."""
    sides = {each.role for each in proposals}
    own = {role for role in ROLES if page.reader.plays(role)}
    told = []
    if "reviewer" in sides & own:
        told.append(_("Your proposal takes the place of the one that reviewers have made."))
    if "panel" in sides & own:
        told.append(_("Your proposal takes the place of the one that the panel has made."))
    if "reviewer" in sides - own:
        told.append(
            _(
                "The reviewers have a proposal of their own: once all of them agree on it, it counts. Propose"
                " another where they do not come to agree."
            )
        )
    if "panel" in sides - own:
        told.append(_("The panel has a proposal as well. The first one that is agreed counts."))
    return told


def _refusal(reader: Reader, tried: TriedToAgree | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    reasons = [Reason(each.code, with_titles(reader.scheme, each.parameters)) for each in tried.reasons]
    return {
        "kind": "refusal",
        "urgent": True,
        "title": _("This was not done"),
        "reasons": [{"text": str(each), **_where(each, tried)} for each in reasons],
    }


def _where(reason: Reason, tried: TriedToAgree) -> dict[str, str]:
    """The way to what has been proposed meanwhile."""
    if reason.code != "proposed_meanwhile":
        return {}
    return {"remedy": _("To the proposal"), "url": f"#{'-'.join(tried.key)}"}
