"""Whoever has only the bundle finds a step that names what was judged in another file, or at another time."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.trail.models import Event
from tests.support.bundles import checked, files_of
from tests.support.world import World, later
from tests.trail.forging import forged

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("keys_of_its_own"),
    pytest.mark.same_on_any_database,  # the verifier reads the zip, and never whence its rows came
]

ALL_RATINGS = ("ratings", "evidence", "evidence_count")


def put(world: World, dossier: Dossier, transition: str, number: int, **data: Any) -> None:
    """An ordinary INSERT, which the triggers let pass, of a step of the panel."""
    target = compiled(dossier.edition_id).steps[transition].definition.to
    step = {"transition": transition, "source": "deciding", "target": target, "role": "panel"}
    by = world.person("panel", number).acting
    forged(dossier.pk, actor=by, edition=dossier.edition_id, data=data, **step).save(force_insert=True)


def judged(dossier: Dossier, transition: str) -> dict[str, Any]:
    event = Event.objects.filter(stream=dossier.pk, transition=transition).latest("seq")
    found: dict[str, Any] = event.data["judged"]
    return found


def put_vote(world: World, dossier: Dossier, number: int, judged: dict[str, Any]) -> None:
    of_a_ballot = {"ballot": 1, "salt": "00" * 16}
    put(world, dossier, "vote", number, choice="certify", judged={**judged, **of_a_ballot})


def otherwise(*dossiers: Dossier) -> dict[int, set[str]]:
    """What the bundle's verifier finds judged otherwise, by event."""
    found: dict[int, set[str]] = {}
    for each in checked(files_of([each.pk for each in dossiers])).problems:
        if each.code == "judged_otherwise":
            assert "{" not in each.line("en") + each.line("ar")
            found.setdefault(each.seq, set()).add(each.facts["what"])
    return found


def named_by_pieces(judged: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same with one piece of it changed, by what is found then."""
    pieces, rubric = judged["pieces"], "institutional-commitment"
    criterion = next(iter(pieces["ratings"][rubric]))
    reviews = [{**each, "ratings": "0" * 64} for each in pieces["reviews"]]
    changed: dict[str, dict[str, Any]] = {
        "judged_ratings": {"reviews": reviews},
        "judged_consensus": {"consensus": {rubric: {criterion: "4"}}},
        "judged_evidence": {"evidence": {}},
        "judged_editions": {"editions": {rubric: "0" * 64}},
    }
    found = {what: {**judged, "pieces": {**pieces, **change}} for what, change in changed.items()}
    sheet = {**judged[f"sheet:{rubric}"], "outcome": "silver"}
    return {**found, "judged_sheets": {**judged, f"sheet:{rubric}": sheet}}


def last(dossier: Dossier) -> int:
    return Event.objects.filter(stream=dossier.pk).latest("seq").seq


def test_a_vote_on_what_another_file_holds_is_a_problem(world: World) -> None:
    another, dossier = world.dossier("deciding", level=0.85), world.dossier("deciding")
    put_vote(world, dossier, 0, judged(dossier, "refer"))
    assert otherwise(dossier) == {}
    put_vote(world, dossier, 1, judged(another, "refer"))
    assert otherwise(dossier) == {last(dossier): {"judged_ratings"}}
    put_vote(
        world, dossier, 2, {**judged(dossier, "refer"), "evidence": judged(another, "submit")["answers"]}
    )
    assert otherwise(dossier)[last(dossier)] == {"judged_evidence"}


def test_a_vote_that_leaves_out_what_it_judged_is_a_problem(world: World) -> None:
    dossier = world.dossier("deciding")
    perform(dossier, "vote", world.person("panel"), data={"choice": "certify"})
    put_vote(world, dossier, 1, {})
    assert otherwise(dossier) == {last(dossier): {"judged_ratings", "judged_evidence"}}


def test_a_decision_on_what_another_file_holds_is_a_problem(world: World) -> None:
    another, dossier = world.dossier("certificate_decided", level=0.85), world.dossier("deciding")
    votes = [
        perform(dossier, "vote", world.person("panel", each), data={"choice": "certify"}) for each in range(3)
    ]
    cast = [{"seq": each.seq, "choice": "certify"} for each in votes]
    own = {"ballot": 1, "votes": {"certify": 3}, "cast": cast}
    put(world, dossier, "certify", 0, judged={**judged(another, "certify"), **own})
    assert otherwise(dossier) == {last(dossier): {"judged_ratings"}}


def test_a_decision_that_changes_one_piece_is_a_problem(world: World) -> None:
    dossier = world.dossier("certificate_decided")
    for what, changed in named_by_pieces(judged(dossier, "certify")).items():
        put(world, dossier, "certify", 0, judged=changed)
        assert otherwise(dossier)[last(dossier)] == {what}


def test_a_finding_of_another_file_and_one_left_out_are_problems(world: World) -> None:
    another, dossier = world.dossier("refusal_decided"), world.dossier("refusal_decided")
    told = judged(dossier, "refuse")
    with later(hours=2):
        for findings in (judged(another, "refuse")["pieces"]["findings"], {}):
            pieces = {**told["pieces"], "findings": findings}
            put(world, dossier, "refuse", 0, judged={**told, "pieces": pieces})
            assert otherwise(dossier, another)[last(dossier)] == {"judged_findings"}
