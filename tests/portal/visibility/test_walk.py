"""Every address of the site, asked for by everybody in every state of every scheme: what is answered holds nothing
that the definition does not show them.

A new page is walked without being named here. What it cannot be walked with it says: see routes.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.test import Client

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import tell
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.address import renew, secret_of
from accreditation_engine.portal.letters.readings import readings_of
from accreditation_engine.reviews.judged import judged_of
from tests.portal.visitor import visitor
from tests.support.world import SHIPPED, shipped

from .allowed import FOR_NOBODY, Everywhere, onlooker, rules
from .answers import Marks, told
from .planted import Planted, mark, planted, set_into
from .routes import HERE as SAMPLES
from .routes import NOWHERE, Route, routes

JUDGES = ("reviewer a", "panel c", "appeal panel", "applicant")
KEEPERS = ("coordinator", "auditor")
OTHERS = (
    "nobody",
    "stranger",
    "member elsewhere",
    "former member",
    "reader of the organisation",
    "reviewer b",
    "reviewer elsewhere",
    "reviewer released",
    "panel",
    "panel b",
    "panel barred",
    "panel recused",
    "coach",
    "methodologist",
    "auditor elsewhere",
    "administrator",
)
"""Who has no part in the file, or the same as somebody else: the first page in every state, all pages in one."""
FIRST = "dossier"
"""The first page of a file, asked for in every state."""


@dataclass
class Walk:
    """`read` are the marks that somebody has found, `buttons` the addresses that only take what is sent, `leaks`
    what was told and should not have been."""

    planted: Planted
    who: Iterable[str]
    read: set[str] = field(default_factory=set)
    buttons: set[Route] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        scores = [str(each.sheet.percent) for each in judged_of(self.planted.dossier).values()]
        self.rules, self.everywhere = rules(self.planted, scores), Everywhere(self.planted, scores[0])
        self.marks = Marks(self.rules)
        self.routes = routes(self.planted)
        self.clients = {who: self._client(who) for who in self.who}

    def _client(self, who: str) -> tuple[Client, str]:
        """Somebody signed in, and the address of their calendar."""
        user = self.planted.people.get(who)
        calendar = secret_of(renew(user)) if user else "0"
        return visitor(user), f"/calendar/{calendar}.ics"

    def ask(self, wanted: Iterable[Route]) -> None:
        """Everybody asks for these addresses."""
        pages = [each for each in wanted if each not in self.buttons]
        self.eyes = {who: onlooker(self.planted, who) for who in self.who}
        for who, (client, calendar) in self.clients.items():
            for each in pages:
                address = calendar if each.name == "calendar" else each.address
                response = client.get(address)
                if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                    self.buttons.add(each)
                self._compare(who, each.name, told(response))

    def read_mail(self) -> None:
        for who in self.who:
            self._compare(who, "mail", _mail(self.planted.people.get(who)))

    def press(self) -> None:
        """Everybody presses every button without having typed anything; nothing of it is kept, and nobody is
        signed out by it."""
        for who, (client, _calendar) in self.clients.items():
            signed_in = client.cookies.copy()
            for each in self.buttons:
                with transaction.atomic():
                    client.cookies = signed_in.copy()
                    response = client.post(each.address)
                    self._compare(who, each.name, told(response))
                    transaction.set_rollback(True)

    def _compare(self, who: str, page: str, text: str) -> None:
        found = self.marks.found(text)
        self.read |= found
        seen = self.eyes[who]
        for each in sorted(found):
            if not (self.rules[each](seen) or self.everywhere.shows(page, seen, each)):
                finding = f" (finding {self.planted.finding.state})"
                self.leaks.append(f"{who} reads {each} at {page} in {self.planted.dossier.state}{finding}")


def _mail(person: User | None) -> str:
    """What every letter that was ever written to somebody would tell them now."""
    letters = list(Letter.objects.filter(person=person)) if person else []
    readings = readings_of(person.pk, letters) if person else {}
    known = [each for each in letters if each.dossier is None or each.dossier in readings]
    return "\n".join(tell(known, readings).values())


def schemes() -> list[Workflow]:
    return [each for each in shipped().workflows.values() if each.subject == "dossier"]


def stops(workflow: Workflow) -> Iterator[tuple[str, bool, bool]]:
    """Each state, whether the pages of the file are all asked for in it, and whether those of many files are: in
    the first of those that show the same things, and in the first that waits for each of those who judge, or for
    nobody any more. On PostgreSQL there are three."""
    if connection.vendor == "postgresql":
        yield from ((name, True, True) for name in ("in_review", "deciding", "certified"))
        return
    shown: list[object] = []
    awaited: list[object] = ["applicant", "coordinator"]
    for name, state in workflow.states.items():
        yield name, state.shows not in shown, state.waits_for not in awaited
        shown.append(state.shows)
        awaited.append(state.waits_for)


@pytest.mark.parametrize("who", [JUDGES, KEEPERS], ids=["judges", "keepers"])
@pytest.mark.parametrize("workflow", schemes(), ids=lambda each: each.id)
def test_nobody_reads_more_than_the_state_shows_when_they_have_a_part(
    db: None, workflow: Workflow, who: tuple[str, ...]
) -> None:
    walk = Walk(planted(workflow), who)
    for state, of_it, of_many in stops(workflow):
        set_into(walk.planted.dossier, state)
        walk.ask(each for each in walk.routes if each.name == FIRST or (of_it and each.of_one_file))
        if of_many:
            walk.ask(each for each in walk.routes if not (each.of_one_file or each.rests))
            walk.read_mail()
            walk.press()
    walk.ask(each for each in walk.routes if each.rests)
    walk.press()
    assert not walk.leaks, "\n".join(walk.leaks)
    unread = set(walk.rules) - walk.read - FOR_NOBODY
    assert who != KEEPERS or not unread, f"nobody read {unread}: where did they go?"


@pytest.mark.same_on_any_database  # what anybody may be shown, others have asked on each
@pytest.mark.parametrize("workflow", schemes(), ids=lambda each: each.id)
def test_nobody_reads_more_than_the_state_shows_when_they_have_no_part(db: None, workflow: Workflow) -> None:
    walk = Walk(planted(workflow), OTHERS)
    for state in workflow.states:
        set_into(walk.planted.dossier, state)
        walk.ask(each for each in walk.routes if each.name == FIRST)
    set_into(walk.planted.dossier, "deciding")
    walk.ask(walk.routes)
    walk.read_mail()
    walk.press()
    assert not walk.leaks, "\n".join(walk.leaks)


def test_a_finding_is_told_to_nobody_when_its_own_state_hides_it(db: None) -> None:
    """The file shows its findings, but the finding is in a state that shows it to coordinators alone."""
    finding = shipped().workflows["finding"]
    hidden = finding.states["answered"].model_copy(update={"shows": {"coordinator": ("finding",)}})
    changed = finding.model_copy(update={"states": {**finding.states, "answered": hidden}})
    walk = Walk(
        planted(shipped().workflows[SHIPPED], changed), ("applicant", "reviewer a", "panel", "coordinator")
    )
    set_into(walk.planted.finding, "answered")
    for state in ("correcting", "certified"):
        set_into(walk.planted.dossier, state)
        walk.ask(each for each in walk.routes if each.of_one_file)
    assert not walk.leaks, "\n".join(walk.leaks)


def test_a_vote_is_told_to_nobody_when_the_ballot_still_runs(db: None) -> None:
    """Neither its reason nor, where it stands in the way of a word, the choice; its voter alone reads it."""
    found = planted(shipped().workflows[SHIPPED])
    set_into(found.dossier, "deciding")
    perform(found.dossier, "new_ballot", found.people["coordinator"], comment="-")
    perform(found.dossier, "vote", found.people["panel"], comment=mark("Secret"), data={"choice": "refuse"})
    walk = Walk(found, ("coordinator", "auditor", "panel c", "reviewer a", "applicant"))
    walk.ask(each for each in walk.routes if each.name not in NOWHERE and not each.rests)
    walk.read_mail()
    assert not walk.leaks, "\n".join(walk.leaks)


def test_every_page_answers_somebody_when_all_have_asked(db: None) -> None:
    """Else nothing was walked: the address of a page that is new leads nowhere."""
    walk = Walk(planted(shipped().workflows[SHIPPED]), (*KEEPERS, *JUDGES, "administrator", "methodologist"))
    silent = {each.name for each in walk.routes} - NOWHERE
    for state in ("in_review", "deciding", "draft", "certified"):
        set_into(walk.planted.dossier, state)
        for client, calendar in walk.clients.values():
            wanted = [each for each in walk.routes if each.name in silent]
            silent -= {each.name for each in wanted if _answers(client, each, calendar)}
    assert not silent, (
        f"{sorted(silent)} answered nobody. Where an address leads to nothing, give it a sample in {SAMPLES};"
        " where something must happen first, let it in planted.py; where neither is worth it, name it in NOWHERE."
    )


def _answers(client: Client, route: Route, calendar: str) -> bool:
    response = client.get(calendar if route.name == "calendar" else route.address)
    told(response)  # a file that is not read to its end stays open
    return (
        response.status_code < HTTPStatus.BAD_REQUEST or response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    )
