"""What a finding said when the file was decided is not put otherwise afterwards."""

from __future__ import annotations

import pytest

from accreditation_engine.reviews.models import Finding
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

from .secret import refused
from .test_voted_on import amend


@pytest.fixture
def finding(world: World) -> Finding:
    return Finding.objects.filter(dossier=world.dossier("refusal_decided")).order_by("pk")[0]


def test_finding_stands_when_a_decision_rests_on_it_until_it_is_decided_anew(
    world: World, finding: Finding
) -> None:
    file, coordinator = finding.dossier, world.person("coordinator")
    assert refused(amend, finding, coordinator) == ["finding_judged"]
    world.perform(file, "announce_refusal")
    page = text_of(visitor(coordinator).get(page_of(file, "amend_finding", finding.pk)))
    assert "A decision rests on what stands here" in page
    assert refused(amend, finding, file.assignments.order_by("pk")[0].reviewer) == ["finding_judged"]
    world.perform(file, "appeal")
    amend(finding, coordinator)


def test_reviewer_does_not_learn_that_a_decision_was_taken_when_refused(
    world: World, finding: Finding
) -> None:
    reviewer = finding.dossier.assignments.order_by("pk")[0].reviewer
    assert refused(amend, finding, reviewer) == ["findings_before_the_panel"]
