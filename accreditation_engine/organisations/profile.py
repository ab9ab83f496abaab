"""What an organisation says of itself: legal form, staff, budget, and until when its papers hold.

None of it has a table: it is what the last events in the organisation's stream say, and codes, numbers and days
are all that they hold. What others vouch for, its names and its number, is in `registering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.models import Event

from .models import Organisation, User
from .roles import acts_for

APPLICANT = "applicant"
SAID, DATED = "profile_said", "document_dated"
MOST = 10**12
"""More than any association spends in a year, or employs: what is above is a slip of the hand."""
LONGEST_YEARS = 30


class LegalForm(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    FOUNDATION = "foundation", _("Foundation")
    UNION = "union", _("Union of associations")
    COMPANY = "company", _("Non-profit company")
    BRANCH = "branch", _("Branch of a foreign organisation")
    OTHER_FORM = "other", _("Another form")


class Document(models.TextChoices):
    """Papers that bodies ask for; most hold until a day, and are asked for anew."""

    REGISTRATION = "registration", _("Certificate of registration")
    STATUTES = "statutes", _("Statutes")
    LICENCE = "licence", _("Licence to work")
    BOARD = "board", _("Term of the board")
    BANK_LETTER = "bank_letter", _("Letter of the bank")
    TAX_CARD = "tax_card", _("Tax card")
    AUDIT = "audit", _("Audited accounts")
    INSURANCE = "insurance", _("Social insurance certificate")


@dataclass(frozen=True)
class Said:
    """`legal_form` is one of LegalForm or ""; `staff` people who are paid, `budget` what was spent in the last
    year, in whole units of the country's money; None where nobody has said."""

    legal_form: str = ""
    staff: int | None = None
    budget: int | None = None


@dataclass(frozen=True)
class Dated:
    """Until when a paper holds, as the event `seq` says; None where it is no longer told."""

    until: date | None
    seq: int

    @classmethod
    def by(cls, event: Event) -> Dated:
        until = event.data["until"]
        return cls(date.fromisoformat(until) if until else None, event.seq)


@dataclass(frozen=True)
class Profile:
    said: Said = Said()
    papers: Mapping[str, Dated] = field(default_factory=dict)


def profile_of(organisation: UUID) -> Profile:
    """One query."""
    events = Event.objects.filter(stream=organisation, kind__in=(SAID, DATED)).order_by("seq")
    return _folded(events)


def _folded(events: Iterable[Event]) -> Profile:
    said, papers = Said(), {}
    for event in events:
        if event.kind == SAID:
            said = Said(**{**asdict(said), **event.data["after"]})
        else:
            papers[event.data["document"]] = Dated.by(event)
    return Profile(said, papers)


def say_profile(*, organisation: Organisation, said: Said, by: User) -> Said:
    """Keep what the organisation says of itself; the event tells what changed, before and after. The same said
    again is no event. Raises Refused for everybody who does not act for it, and for what cannot be."""
    with transaction.atomic():
        before = _locked(organisation, by).said
        if reasons := list(_unlike(said)):
            raise Refused(reasons)
        was, now = asdict(before), asdict(said)
        changed = [name for name in now if now[name] != was[name]]
        if changed:
            data = {
                "before": {name: was[name] for name in changed},
                "after": {name: now[name] for name in changed},
            }
            record(organisation.pk, SAID, by, role=APPLICANT, data=data)
    return said


def date_documents(*, organisation: Organisation, until: Mapping[str, date | None], by: User) -> list[str]:
    """Keep until when papers hold, by their kind; None takes a day back. Gives the kinds that changed, each an
    event. A day that has passed is taken: that a paper has run out is worth knowing. Raises as `say_profile`."""
    with transaction.atomic():
        papers = _locked(organisation, by).papers
        if reasons := [reason for kind, day in until.items() for reason in _unlike_day(kind, day)]:
            raise Refused(reasons)
        changed = [
            kind for kind, day in until.items() if day != (papers[kind].until if kind in papers else None)
        ]
        for kind in changed:
            day = until[kind]
            data = {"document": kind, "until": day.isoformat() if day else None}
            record(organisation.pk, DATED, by, role=APPLICANT, data=data)
    return changed


def _locked(organisation: Organisation, by: User) -> Profile:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not acts_for(by.pk, organisation):
        raise Refused([Reason("not_your_role", {"roles": [APPLICANT]})])
    return profile_of(organisation.pk)


def _unlike(said: Said) -> Iterable[Reason]:
    if said.legal_form and said.legal_form not in LegalForm.values:
        yield Reason("unknown_legal_form", {"value": said.legal_form})
    for name in ("staff", "budget"):
        number = getattr(said, name)
        if number is not None and not 0 <= number <= MOST:
            yield Reason("number_impossible", {"field": name})


def _unlike_day(kind: str, day: date | None) -> Iterable[Reason]:
    if kind not in Document.values:
        yield Reason("unknown_document", {"value": kind})
    years = abs(day.year - timezone.localdate().year) if day else 0
    if years > LONGEST_YEARS:
        yield Reason("day_impossible", {"document": kind})
