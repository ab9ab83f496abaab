"""What is told without being said: by an answer's kind, its headers, what a search finds, pieces asked for at
another file's address, why a step is refused, and a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.portal.calendar.address import renew, secret_of
from tests.portal.visitor import page_of, visitor
from tests.support.world import SHIPPED, shipped

from .allowed import onlooker, rules
from .answers import Marks, told
from .planted import Planted, mark, planted, set_into
from .routes import Route, routes

OF_ITS_OWN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}')
"""What differs between two answers to one question: the page's secret, and the address that was asked for."""


@pytest.fixture
def found(db: None) -> Planted:
    return planted(shipped().workflows[SHIPPED])


def seen(response: Any) -> tuple[int, list[str], str]:
    """All by which one answer can be told from another."""
    return response.status_code, sorted(response.headers), OF_ITS_OWN.sub("", told(response))


@pytest.mark.parametrize("who", ["member elsewhere", "reviewer elsewhere", "panel barred"])
def test_a_file_of_others_is_answered_as_one_that_is_not_there(found: Planted, who: str) -> None:
    """Whatever is asked or sent."""
    set_into(found.dossier, "deciding")
    client, nowhere = visitor(found.people[who]), str(uuid4())
    for each in (route for route in routes(found) if route.of_one_file):
        other = each.address.replace(str(found.dossier.pk), nowhere)
        assert seen(client.get(each.address)) == seen(client.get(other)), each
        assert _sent(client, each.address) == _sent(client, other), each


def _sent(client: Client, address: str) -> tuple[int, list[str], str]:
    with transaction.atomic():
        answer = seen(client.post(address, {"transition": "certify", "comment": "x"}))
        transaction.set_rollback(True)
    return answer


def test_pieces_of_a_file_are_not_given_out_when_asked_for_at_another(found: Planted) -> None:
    """Evidence, findings, questions, visits and reviews are numbered; somebody with a file of their own counts."""
    marks = Marks(rules(found, []))
    for state in ("in_review", "certified"):
        set_into(found.other, state)
        for who in ("member elsewhere", "reviewer elsewhere"):
            client = visitor(found.people[who])
            for each in _at_another(found):
                answer = told(client.get(each.address)) + "".join(map(str, _sent(client, each.address)))
                assert marks.found(answer) <= {found.people[who].name}, each


def _at_another(found: Planted) -> Iterator[Route]:
    own, other = str(found.dossier.pk), str(found.other.pk)
    for each in routes(found):
        if each.of_one_file and each.pattern.count("<") > 1:
            yield Route(each.pattern, each.name, each.address.replace(own, other))


def test_pages_of_a_file_do_not_tell_when_it_changed(found: Planted) -> None:
    """An ETag or a day in a header would change with what its reader may not see."""
    set_into(found.dossier, "deciding")
    client = visitor(found.people["applicant"])
    for each in (route for route in routes(found) if route.of_one_file):
        response = client.get(each.address)
        told(response)
        assert not {"ETag", "Last-Modified", "Age"} & set(response.headers), each
        assert response["Cache-Control"] == "private, no-store", each


def test_a_search_finds_nothing_by_words_that_its_reader_may_not_see(found: Planted) -> None:
    set_into(found.dossier, "in_review")
    auditor, eyes = visitor(found.people["auditor"]), onlooker(found, "auditor")
    hidden = [each for each, allows in rules(found, []).items() if each.startswith("mk") and not allows(eyes)]
    assert {mark("FindingText"), mark("VoteRefuse")} <= set(hidden)
    for each in hidden:
        assert not auditor.get(reverse("audit"), {"q": each}).context["events"], each


def test_a_step_that_is_forged_is_not_explained_to_whoever_may_not_take_it(found: Planted) -> None:
    """Reasons speak of scores, votes and findings. While a ballot runs, no answer tells how it stands."""
    set_into(found.dossier, "deciding")
    perform(found.dossier, "new_ballot", found.people["coordinator"], comment="-")
    perform(found.dossier, "vote", found.people["panel"], data={"choice": "refuse"}, comment=mark("Secret"))
    every = rules(found, [])
    marks = Marks(every)
    steps = compiled(found.dossier.edition_id).workflow.leaving("deciding")
    for who in ("applicant", "reviewer a", "panel c", "coordinator"):
        client, eyes = visitor(found.people[who]), onlooker(found, who)
        for step in steps:
            with transaction.atomic():
                sent = client.post(page_of(found.dossier), {"transition": step, "comment": "-"})
                answer = told(sent)
                transaction.set_rollback(True)
            assert all(every[each](eyes) for each in marks.found(answer)), (who, step)


def test_a_calendar_tells_nothing_of_a_review_when_its_reader_reviews_no_more(found: Planted) -> None:
    reviewer = found.people["reviewer elsewhere"]
    address = reverse("calendar", args=[secret_of(renew(reviewer))])
    assert found.other.number in visitor().get(address).content.decode()
    end_role(grant=reviewer.grants.get(), by=SYSTEM, reason="left")
    assert found.other.number not in visitor().get(address).content.decode()
