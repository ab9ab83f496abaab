"""What was found is not changed under the votes of those who judge by it."""

from __future__ import annotations

import pytest

from accreditation_engine.decisions.models import Vote
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.amending import amend_text, worded_last
from accreditation_engine.reviews.models import Finding
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import BADLY, World

from .secret import refused


@pytest.fixture
def finding(world: World) -> Finding:
    """On a file before the panel; the organisation was not asked to correct anything."""
    return Finding.objects.filter(dossier=world.dossier("deciding", level=BADLY)).order_by("pk")[0]


def amend(finding: Finding, by: User, text: str = "نص أدق") -> None:
    seen = worded_last(finding).seq
    amend_text(finding=finding, text=text, reason="تصحيح", seen=seen, by=by)


def vote(world: World, file: Dossier, number: int) -> None:
    perform(file, "vote", world.person("panel", number), data={"choice": "refuse"})


def test_finding_stands_when_somebody_has_voted_until_the_ballot_is_opened_anew(
    world: World, finding: Finding
) -> None:
    file, coordinator = finding.dossier, world.person("coordinator")
    amend(finding, coordinator, "قبل التصويت")
    vote(world, file, 0)
    assert refused(amend, finding, coordinator) == ["findings_voted_on"]
    page = text_of(visitor(coordinator).get(page_of(file, "amend_finding", finding.pk)))
    assert "Have the ballot opened anew first" in page
    for step in ("close_ballot", "new_ballot"):
        perform(file, step, coordinator, comment="لتعديل الملاحظة")
    amend(finding, coordinator)
    vote(world, file, 0)


def test_reviewer_does_not_learn_whether_somebody_has_voted_when_refused(
    world: World, finding: Finding
) -> None:
    file = finding.dossier
    reviewer = file.assignments.order_by("pk")[0].reviewer
    assert refused(amend, finding, reviewer) == ["findings_before_the_panel"]
    vote(world, file, 0)
    assert refused(amend, finding, reviewer) == ["findings_before_the_panel"]


def test_vote_from_a_page_older_than_an_amendment_is_refused_and_keeps_what_was_typed(
    world: World, finding: Finding
) -> None:
    file, client = finding.dossier, visitor(world.person("panel"))
    version = client.get(page_of(file)).context["actions"]["version"]
    amend(finding, world.person("coordinator"))
    typed = {"transition": "vote", "choice": "refuse", "comment": "قرأت النص القديم", "version": version}
    answer = client.post(page_of(file), typed)
    assert answer.status_code == 409
    assert "or something in it was changed" in text_of(answer)
    assert "قرأت النص القديم" in answer.content.decode()
    assert not Vote.objects.exists()
    assert (
        client.post(page_of(file), typed | {"version": answer.context["actions"]["version"]}).status_code
        == 302
    )
