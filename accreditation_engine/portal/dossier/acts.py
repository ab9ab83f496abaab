"""The transitions that a person may take, as forms; and taking one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accreditation_engine.decisions.seats import seats_of
from accreditation_engine.decisions.words import choice_title
from accreditation_engine.dossiers.declaration import SIGNED
from accreditation_engine.engine.compiled import Compiled, Step, compiled
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.options import Option
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.registry import subjects
from accreditation_engine.engine.words import transition_title, words_for_applicants
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.report.standing import APPLICANT, ends_contesting
from accreditation_engine.reviews.wording import AMENDED
from accreditation_engine.trail.models import Event

from .forms import ActForm
from .reader import Reader
from .remedies import remedy_of
from .road import travelled, way_ahead
from .rubrics import with_titles
from .states import GRANTS


@dataclass(frozen=True)
class Tried:
    """An act that was refused: what was typed stays, and the reasons stand above the page. `at` is the field that
    was refused beside it, where it was not the act itself."""

    subject: object
    name: str
    comment: str
    choice: str
    reasons: tuple[Reason, ...]
    at: str = ""

    def concerns(self, subject: Subject, name: str) -> bool:
        return (self.subject, self.name) == (subject.pk, name)


@dataclass(frozen=True)
class Desk:
    """Where acts on one subject are offered: the address that takes them, and what the page was made from. A
    quiet desk is one of many on its page: none of its buttons stands out."""

    subject: Subject
    url: str
    version: str
    outside: bool = False
    tried: Tried | None = None
    prefix: str = ""
    quiet: bool = False
    links: Mapping[str, str] = field(default_factory=dict)


def version_of(subject: Subject, entered: int, *, happened: int = 0) -> str:
    """What a page was made from, sent along with its forms. It says nothing about how many events there are.

    `entered` is the event with which the reader saw the present state begin. A page is stale as well, though the
    state is the same, when less of what matters had `happened`: ballots opened, what a finding says amended.
    """
    made_from = f"{subject.pk} {entered} {happened}"
    return salted_hmac("accreditation_engine.portal.version", made_from).hexdigest()[:20]


def version_of_file(reader: Reader, moved: Mapping[UUID, Sequence[Event]]) -> str:
    """The same of a page of a whole file. `moved` are the moves of the dossier and of the findings that the page
    shows, by stream."""
    entered = travelled(reader, moved[reader.dossier.pk])[-1].seq
    return version_of(reader.dossier, entered, happened=_happened(reader, moved))


def _ballots_seen(reader: Reader, moved: Iterable[Event]) -> int:
    """How many ballots the steps of a dossier's road have opened; 0 for whoever is outside: what their page was
    made from must not tell that one was opened."""
    if reader.outside:
        return 0
    scheme = reader.scheme
    opening = {
        name
        for name, step in scheme.steps.items()
        if any(each.name == "open_ballot" for each in step.effects)
    }
    return sum(event.transition in opening for event in moved)


def _happened(reader: Reader, moved: Mapping[UUID, Sequence[Event]]) -> int:
    """How much has changed, within one state of a dossier, of what those judge who see it: ballots opened, and
    where votes are cast what findings say amended."""
    dossier = reader.dossier
    ballots = _ballots_seen(reader, moved[dossier.pk])
    if reader.outside or dossier.state not in seats_of(dossier.edition_id):
        return ballots
    findings = (events for stream, events in moved.items() if stream != dossier.pk)
    return ballots + sum(event.kind == AMENDED for events in findings for event in events)


def actions(desk: Desk, offered: Iterable[Option]) -> dict[str, Any]:
    """For parts/actions.html."""
    with words_for_applicants(desk.outside):
        acts = [_act(desk, option) for option in offered if not _done(option)]
    return {"url": desk.url, "version": desk.version, "acts": acts, "prefix": desk.prefix}


# What somebody has done already is not offered to them as something that cannot be done yet.
DONE = frozenset({"review_closed", "voted_already"})


def _done(option: Option) -> bool:
    return any(reason.code in DONE for reason in option.reasons)


def _act(desk: Desk, option: Option) -> dict[str, Any]:
    scheme = compiled(desk.subject.edition_id)
    definition = option.step.definition
    tried = desk.tried if desk.tried and desk.tried.concerns(desk.subject, option.name) else None
    return {
        "name": option.name,
        "title": transition_title(scheme.edition, option.name),
        "kind": "" if desk.quiet else _kind(scheme, option.step, desk.subject.state),
        "comment": definition.comment,
        "allowed": option.open,
        "reasons": [reason_shown(each, scheme, desk.links) for each in option.reasons],
        "help": _help(desk.subject, option),
        "link": desk.links.get("preview", "") if submits(option.step) else "",
        "choices": _choices(scheme, option.step, tried),
        "choices_title": _("Your vote"),
        "typed": tried.comment if tried else "",
        "error": _words_of(tried) if tried and not tried.at else "",
        "file_error": _words_of(tried) if tried and tried.at else "",
    }


def _words_of(tried: Tried) -> str:
    return " ".join(str(each) for each in tried.reasons)


def _help(subject: Subject, option: Option) -> str:
    if option.role == APPLICANT and ends_contesting(subject, option.name):
        return _(
            "What you contest in the report comes first, point by point, on the page of the report: after this"
            " step no point is taken any more."
        )
    return ""


def submits(step: Step) -> bool:
    """Whether it hands a self-assessment in: that is signed, at the end of a page that shows all of it."""
    return not {"self_assessment_complete", SIGNED}.isdisjoint(each.name for each in step.guards)


def _kind(scheme: Compiled, step: Step, state: str) -> str:
    """The step on the way to the best end stands out, and what the state waits for; one that ends the way short
    of the best end warns."""
    target, waits_for = step.definition.to, scheme.workflow.states[state].waits_for
    if subjects[scheme.workflow.subject].words.stands_in_public:
        return _kind_in_public(scheme, target)
    if target in way_ahead(scheme, state)[:1] or (target == state and waits_for in step.definition.by):
        return "primary"
    issues = any(effect.name in GRANTS for effect in step.effects)
    return "danger" if scheme.workflow.states[target].final and not issues else ""


def reason_shown(reason: Reason, scheme: Compiled, links: Mapping[str, str]) -> dict[str, str]:
    """In words that name criteria by their titles, with the way to where it is put right."""
    told = Reason(reason.code, with_titles(scheme, reason.parameters))
    return {"text": str(told), **remedy_of(reason, links)}


def _kind_in_public(scheme: Compiled, target: str) -> str:
    """Of what strangers rely on: its ends are none to go for, and to be active again is."""
    if scheme.workflow.states[target].final:
        return "danger"
    return "primary" if scheme.workflow.status_in_public(target) == "active" else ""


def _choices(scheme: Compiled, step: Step, tried: Tried | None) -> list[dict[str, Any]]:
    names = [name for each in step.guards if each.name == "may_vote" for name in each.parameters.choices]
    chosen = tried.choice if tried else ""
    return [
        {"value": each, "label": choice_title(scheme.edition, each), "chosen": each == chosen}
        for each in names
    ]


def take(
    subject: Subject,
    person: User,
    typed: Mapping[str, Any],
    version: str,
    data: Mapping[str, Any] | None = None,
    act: Callable[..., Event] = perform,
) -> Tried | None:
    """Take the transition that a form asks for; None when it is done, else what was refused and why.

    `version` is what a page made now would carry; one that was made from something else is stale. `data` is what
    its event keeps beside the choice. `act` takes the step, where more is done with it than `perform` does.
    """
    form = ActForm(typed)
    if not form.is_valid() or form.cleaned_data["transition"] not in compiled(subject.edition_id).steps:
        raise BadRequest("no such act")
    name, comment, choice = (form.cleaned_data[each] for each in ("transition", "comment", "choice"))
    seen = subject.entered_seq if form.cleaned_data["version"] == version else -1
    kept = {**(data or {}), **({"choice": choice} if choice else {})}
    try:
        act(subject, name, person, comment=comment, data=kept, seen=seen)
    except Refused as refused:
        return Tried(subject.pk, name, comment, choice, refused.reasons)
    return None


def left_over(tried: Tried | None, offered: Mapping[Any, Mapping[str, Any]]) -> str:
    """What was typed beside a step that is not offered any more, for parts/kept_text.html; "" where its own form
    holds it. `offered` are the acts of the page (`actions`) by what they are taken on."""
    if tried is None:
        return ""
    acts = offered.get(tried.subject, {}).get("acts", ())
    there = any(each["name"] == tried.name and each["allowed"] and not each["link"] for each in acts)
    return "" if there else tried.comment


def refusal(
    tried: Tried | None, scheme: Compiled, *, outside: bool, links: Mapping[str, str]
) -> dict[str, Any] | None:
    """For parts/notice.html, at the top of the page."""
    if tried is None:
        return None
    with words_for_applicants(outside):
        return {
            "kind": "refusal",
            "urgent": not tried.at,
            "title": _("This was not done"),
            "reasons": [reason_shown(each, scheme, links) for each in tried.reasons],
        }
