"""Agreeing on a rating where reviewers are too far apart: by all of them, or by the panel for them.

What each reviewer gave stays as it was; what is agreed counts in place of the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import guarded_by, require_role
from accreditation_engine.dossiers.typed import Criterion, kept_ratings, rating_problems
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from accreditation_engine.written import kept_text

from .agreeing_letters import tell_of_proposal
from .models import Agreed, Assignment, Consent, Proposal
from .raising import raise_from_reviews
from .report.contesting import to_amend
from .report.standing import bench_of
from .report.versions import amend_report
from .rules import involved
from .sheets import FIELDS, sent_ratings, unreconciled

ROLES = ("reviewer", "panel", "appeal_panel")
HANDS = {
    "reviewer": ("applicant", "coach"),
    "panel": ("applicant", "reviewer", "coach", "appeal_panel"),
    "appeal_panel": ("applicant", "reviewer", "coach", "panel"),
}
"""Who agrees on ratings, and whoever has played one of these parts for the dossier does not."""


@dataclass(frozen=True)
class _Table:
    """Those who agree, at one dossier: as it stands, locked; its scheme; who speaks, and in which role."""

    dossier: Dossier
    scheme: Compiled
    by: User
    role: str

    def record(self, kind: str, proposal: Proposal, comment: str = "") -> Event:
        said: dict[str, str | int] = {
            "rubric": proposal.rubric,
            "criterion": proposal.criterion,
            "value": proposal.value,
        }
        if proposal.seq:
            said["proposed"] = proposal.seq
        edition = self.dossier.edition_id
        return record(
            self.dossier.pk, kind, self.by, role=self.role, edition=edition, comment=comment, data=said
        )


def propose(
    *, dossier: Dossier, criterion: Criterion, value: str, reason: str, by: User, seen: int | None = None
) -> Proposal:
    """Propose the rating that counts for `criterion`; an earlier proposal in the same role is replaced. Whoever
    proposes agrees, and the others of that side are told. `seen` is the highest `seq` of the proposals, of either
    side, that the person knows to stand there, 0 for none.

    Raises Refused for everybody but the dossier's reviewers and the panel, without a reason, off the scale, where
    there is nothing to reconcile (any more, or yet), and where something has been proposed that the person has
    not seen. The same proposal sent twice is made once.
    """
    role = require_role(dossier, by, *sides(dossier))
    with transaction.atomic():
        table = _sit_down(dossier, by, role)
        typed = {criterion: value}
        wrong = rating_problems(table.scheme, typed)
        reasons = [*_closed(table, criterion), *wrong]
        kept = "" if wrong else kept_ratings(table.scheme, typed)[criterion]
        if not kept and not wrong:
            reasons.append(Reason("ratings_missing", {"count": 1, "criteria": [criterion[1]]}))
        reasons += unlike_text(reason, missing="comment_missing")
        newest = _newest(dossier, criterion)
        if seen is not None and newest is not None and newest.seq > seen:
            if not reasons and _says(newest, by, kept, kept_text(reason)):
                return newest
            reasons.append(Reason("proposed_meanwhile"))
        if reasons:
            raise Refused(reasons)
        proposal = _proposed(table, criterion, kept, kept_text(reason))
        if not _consent(table, proposal, proposal.seq):
            tell_of_proposal(proposal)
    return proposal


def confirm(*, proposal: Proposal, by: User, comment: str = "") -> bool:
    """Agree with a proposal of one's own role. Gives whether with that everybody has, and its rating counts.
    Raises Refused when the proposal stands no more, and when `by` has agreed before."""
    role = require_role(proposal.dossier, by, proposal.role)
    with transaction.atomic():
        table = _sit_down(proposal.dossier, by, role)
        current = Proposal.objects.get(pk=proposal.pk)
        reasons = _closed(table, (current.rubric, current.criterion)) or _gone(current)
        if current.consents.filter(person=by).exists():
            reasons.append(Reason("agreed_already"))
        reasons += unlike_text(comment)
        if reasons:
            raise Refused(reasons)
        event = table.record("consensus_confirmed", current, kept_text(comment))
        return _consent(table, current, event.seq)


def withdraw(*, proposal: Proposal, by: User, reason: str = "") -> None:
    """Take one's own proposal back. Raises Refused when it is somebody else's, or stands no more."""
    role = require_role(proposal.dossier, by, proposal.role)
    with transaction.atomic():
        table = _sit_down(proposal.dossier, by, role)
        current = Proposal.objects.get(pk=proposal.pk)
        reasons = [*_gone(current), *unlike_text(reason)]
        if current.proposed_by_id != by.pk:
            reasons.append(Reason("not_your_proposal"))
        if reasons:
            raise Refused(reasons)
        Proposal.objects.filter(pk=current.pk).update(closed_at=timezone.now())
        table.record("consensus_withdrawn", current, kept_text(reason))


def panel_wanted(scheme: Compiled, state: str) -> int:
    """How many members of the panel must agree where reviewers do not; the most that a step from here asks."""
    guards = [each for name in scheme.workflow.leaving(state) for each in scheme.steps[name].guards]
    return max((each.parameters.panel for each in guards if each.name == "reconciled"), default=1)


def sides(dossier: Dossier) -> tuple[str, ...]:
    """Who agrees on ratings where the dossier stands, all that ever do where nobody does."""
    bench = bench_of(dossier)
    found = ("reviewer", "panel") if guarded_by(dossier, "reconciled") else ()
    return tuple(dict.fromkeys([*([bench.role] if bench else []), *found])) or ROLES


def agreeing(dossier: Dossier) -> bool:
    """Whether ratings can be agreed on where the dossier stands."""
    return guarded_by(dossier, "reconciled") or bench_of(dossier) is not None


def _sit_down(dossier: Dossier, by: User, role: str) -> _Table:
    """The dossier's row is locked first and its stream last, as everywhere."""
    locked = locked_row(dossier)
    return _Table(locked, compiled(locked.edition_id), by, role)


def _closed(table: _Table, criterion: Criterion) -> list[Reason]:
    """Why nothing can be agreed on `criterion` now."""
    dossier, bench = table.dossier, bench_of(table.dossier)
    heard = bench is not None and bench.role == table.role
    if not (guarded_by(dossier, "reconciled") and table.role != "appeal_panel") and not heard:
        return [Reason("consensus_closed", {"state": dossier.state, "edition": dossier.edition_id})]
    reasons = [
        *deadline_passed(dossier, table.scheme, timezone.now()),
        *involved(dossier, table.by, HANDS[table.role]),
    ]
    if heard and any((each.rubric, each.criterion) == criterion for each in to_amend(dossier)):
        return reasons + _unsent(dossier)
    return reasons + (_unsent(dossier) or _settled(table, criterion))


def _unsent(dossier: Dossier) -> list[Reason]:
    """Nobody sees what others gave before all have given theirs."""
    standing = Assignment.objects.filter(dossier=dossier, released_at=None).values_list("sent_at", flat=True)
    sent = [at for at in standing if at is not None]
    facts = {"wanted": len(standing), "have": len(sent)}
    return [Reason("reviews_missing", facts)] if len(sent) < len(standing) else []


def _settled(table: _Table, criterion: Criterion) -> list[Reason]:
    rubric = table.scheme.asked.get(criterion[0])
    rows = list(sent_ratings(table.dossier.pk).values(*FIELDS))
    if rubric and any(each.criterion == criterion[1] for each in unreconciled(rows, rubric)):
        return []
    return [Reason("nothing_to_reconcile", {"count": 1, "criteria": [criterion[1]]})]


def _gone(proposal: Proposal) -> list[Reason]:
    return [Reason("proposal_closed")] if proposal.closed_at else []


def _newest(dossier: Dossier, criterion: Criterion) -> Proposal | None:
    """Of those that stand, of either side."""
    rubric, name = criterion
    standing = Proposal.objects.filter(dossier=dossier, rubric=rubric, criterion=name, closed_at=None)
    return standing.order_by("seq").last()


def _says(proposal: Proposal, by: User, value: str, reason: str) -> bool:
    """Whether it is what `by` proposes once more: a button pressed twice."""
    if (proposal.proposed_by_id, proposal.value) != (by.pk, value):
        return False
    (event,) = told(Event.objects.filter(stream=proposal.dossier_id, seq=proposal.seq))
    return event.comment == reason


def _proposed(table: _Table, criterion: Criterion, value: str, reason: str) -> Proposal:
    rubric, name = criterion
    proposal = Proposal(
        dossier=table.dossier,
        rubric=rubric,
        criterion=name,
        value=value,
        role=table.role,
        proposed_by=table.by,
    )
    _open(proposal).filter(role=table.role).update(closed_at=timezone.now())
    proposal.seq = table.record("consensus_proposed", proposal, reason).seq
    proposal.save()
    return proposal


def _open(proposal: Proposal) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        dossier=proposal.dossier_id, rubric=proposal.rubric, criterion=proposal.criterion, closed_at=None
    )


def _consent(table: _Table, proposal: Proposal, seq: int) -> bool:
    """Keep that who speaks agrees; when nobody is missing any more, the rating counts from now on."""
    Consent.objects.create(proposal=proposal, person=table.by, seq=seq)
    if not _all_agree(table, proposal):
        return False
    event = table.record("consensus_reached", proposal)
    Agreed.objects.create(
        dossier=table.dossier,
        rubric=proposal.rubric,
        criterion=proposal.criterion,
        value=proposal.value,
        proposal=proposal,
        agreed_at=event.at,
    )
    _open(proposal).update(closed_at=event.at)
    if _findings_are_raised(table):
        raise_from_reviews({table.dossier.pk: table.scheme})
    amend_report(table.dossier, table.by, table.role, because=(event.stream, proposal.seq))
    return True


def _all_agree(table: _Table, proposal: Proposal) -> bool:
    if table.role == "panel":
        return proposal.consents.count() >= panel_wanted(table.scheme, table.dossier.state)
    if table.role == "appeal_panel":
        bench = bench_of(table.dossier)
        return proposal.consents.count() >= (bench.agree if bench else 2)
    reviewed = Assignment.objects.filter(dossier=table.dossier, released_at=None)
    missing = ~Q(reviewer__in=proposal.consents.values("person"))
    return not reviewed.filter(missing).exists()


def _findings_are_raised(table: _Table) -> bool:
    """Whether the step that raises findings lies behind: else it raises this one, too."""
    workflow, steps = table.scheme.workflow, table.scheme.steps
    raising = {
        name for name, each in steps.items() for bound in each.effects if bound.name == "raise_findings"
    }
    return bool(raising) and raising.isdisjoint(workflow.leaving(table.dossier.state))
