"""Whoever reads for an organisation sees what its members see, and finds nothing to send."""

from __future__ import annotations

import re

from django.test import Client

from accreditation_engine.organisations.colleagues import change_standing
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import Standing
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import SHIPPED, World, shipped

from .answers import told
from .planted import planted, set_into
from .routes import Route, routes

STATES = ("draft", "returned", "in_review", "correcting", "refused", "certified")
FORMS = re.compile(r'<form[^>]*method="post"[^>]*>', re.IGNORECASE)
ANYWHERE = re.compile(r'action="(/language/|/sign-out/|/account/)')


def test_a_reader_is_shown_no_form_and_changes_nothing_when_they_send_one(db: None) -> None:
    found = planted(shipped().workflows[SHIPPED])
    reader = found.people["reader of the organisation"]
    client, member = visitor(reader), visitor(found.people["applicant"])
    of_file = [each for each in routes(found) if each.of_one_file]
    shown, theirs = 0, 0
    for state in [each for each in STATES if each in shipped().workflows[SHIPPED].states]:
        set_into(found.dossier, state)
        for each in of_file:
            shown += _forms(client, each, state)
            theirs += _forms(member, each, state, wrong=False)
            told(client.post(each.address))
    assert theirs > shown == 0
    done = Event.objects.filter(actor=reader.pk).exclude(kind__in=["refused", "signed_in"])
    assert not [(each.kind, each.transition) for each in done]


def _forms(client: Client, route: Route, state: str, *, wrong: bool = True) -> int:
    page = told(client.get(route.address))
    forms = [each for each in FORMS.findall(page) if not ANYWHERE.search(each)]
    assert not (wrong and forms), f"{route.name} in {state}: {forms}"
    return len(forms)


def test_a_reader_finds_nothing_that_waits_and_is_not_written_to(db: None) -> None:
    found = planted(shipped().workflows[SHIPPED])
    set_into(found.dossier, "draft")
    page = visitor(found.people["reader of the organisation"]).get("/").content.decode()
    assert found.dossier.number in page
    assert not Letter.objects.filter(person=found.people["reader of the organisation"]).exists()
    assert Letter.objects.filter(person=found.people["applicant"]).exists()


def test_whoever_is_made_a_reader_while_they_type_reads_why_and_loses_nothing(world: World) -> None:
    dossier = world.dossier("draft")
    membership = join(
        organisation=dossier.organisation, user=world.stranger, by=SYSTEM, standing=Standing.EDITOR
    )
    here = page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity")
    client = visitor(world.stranger)
    assert client.get(here).status_code == 200
    change_standing(membership=membership, standing=Standing.READER, by=world.applicant)
    typed = {"text-integrity-1": "Typed for an hour", "rating-integrity-1": "3"}
    page = client.post(here, typed)
    assert page.status_code == 409
    assert "You read for the organisation and change nothing" in text_of(page)
    assert "Typed for an hour" in page.content.decode()
    sent = {**typed, "criterion": "integrity-1", "work": f"{world.stranger.pk}.x"}
    answer = client.post(here, sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["state"]) == (409, "closed")
    assert not dossier.answers.filter(criterion="integrity-1").exclude(narrative="").exists()
    assert client.get(here).url == page_of(dossier, "answers")
