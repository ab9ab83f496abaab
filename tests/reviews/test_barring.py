"""Which findings bar a decision, read from the workflow."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.models import Scheme
from accreditation_engine.reviews.barring import barring
from tests.support.small import ASKED, RUBRIC, WORKFLOW
from tests.support.world import SHIPPED, World, changed


def bars(world: World, *replacements: tuple[str, str]) -> tuple[str, ...]:
    return barring(world.scheme(changed(WORKFLOW, *replacements), RUBRIC))


def test_major_findings_bar_the_shipped_certificate(world: World) -> None:
    assert barring(Scheme.objects.get(name=SHIPPED).edition_id) == ("major",)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (ASKED, ()),
        ("no_open_findings", ("major", "minor", "observation")),
        ("no_open_findings: {severity: minor}", ("minor",)),
    ],
)
def test_severities_are_those_that_the_guard_asks_of(
    world: World, asked: str, found: tuple[str, ...]
) -> None:
    guard = asked if asked != "no_open_findings" else "no_open_findings: {}"
    assert bars(world, (ASKED, guard)) == found


def test_a_step_on_every_way_to_the_certificate_bars_it_too(world: World) -> None:
    close = (
        "requires: [{reviews_complete: 1}]",
        "requires: [{reviews_complete: 1}, {no_open_findings: major}]",
    )
    assert bars(world, close) == ("major",)


def test_nothing_bars_it_when_another_way_leads_there(world: World) -> None:
    other = """\
  grant_all_the_same:
    title: {ar: منح, en: Grant all the same}
    from: [deciding]
    to: granted
    by: [panel]
    requires: [{not_involved: [reviewer]}]
    then: [issue_certificate]
  deny:
"""
    assert bars(world, (ASKED, "no_open_findings: major"), ("  deny:\n", other)) == ()


def test_ratings_bar_nothing_where_no_step_makes_findings_of_them(world: World) -> None:
    without = ("then: [raise_findings, open_ballot]", "then: [open_ballot]")
    assert bars(world, (ASKED, "no_open_findings: major"), without) == ()


def test_an_outcome_decides_where_there_are_no_certificates(world: World) -> None:
    without = ("    then: [issue_certificate]\n", "")
    asked = "outcome: {rubric: mini, at_least: plain}\n      - no_open_findings: major"
    assert bars(world, (ASKED, asked), without) == ("major",)
