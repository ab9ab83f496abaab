"""What a bundle, and a look at the past, tell of places that were taken and reviews that were handed over."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.bundles.making import make_bundle
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail.bundle.verify_trail import check_at, trust
from accreditation_engine.trail.protection import lifted
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World

from .waiting_files import reviewers, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


@pytest.fixture
def file(world: World) -> Dossier:
    (file,), (first, second, third) = waiting(world, 1), reviewers(world, 3)
    hand_over(assignment=claim(dossier=file, by=first), to=second, reason="مسافرة", by=first)
    claim(dossier=file, by=third)
    return file


def bundled(file: Dossier, path: Path) -> Path:
    with path.open("wb") as written:
        make_bundle([file.pk], written)
    return path


def problems(path: Path) -> list[str]:
    return [each.line("en") for each in check_at(path, trust([], None, None)).problems]


def test_a_bundle_holds_them_and_is_found_right(file: Dossier, tmp_path: Path) -> None:
    path = bundled(file, tmp_path / "bundle.zip")
    assert problems(path) == []
    with zipfile.ZipFile(path) as whole:
        rows = [json.loads(line) for line in whole.read("rows/assignments.jsonl").splitlines()]
    assert sorted(each["origin"] for each in rows) == ["claimed", "claimed", "handed_over"]
    assert all(each["due_at"] for each in rows)


def test_a_bundle_from_which_a_reviewer_was_struck_is_found_wrong(file: Dossier, tmp_path: Path) -> None:
    with lifted(connection):
        Assignment.objects.get(origin="handed_over").delete()
    (problem,) = problems(bundled(file, tmp_path / "bundle.zip"))
    assert "events speak of it, and it is not here" in problem


def test_a_bundle_in_which_a_review_stands_that_was_handed_over_is_found_wrong(
    file: Dossier, tmp_path: Path
) -> None:
    with lifted(connection):
        Assignment.objects.exclude(released_at=None).update(released_at=None)
    assert any("released" in each for each in problems(bundled(file, tmp_path / "bundle.zip")))


def test_the_past_of_a_file_says_who_handed_over(world: World, file: Dossier) -> None:
    content = text_of(visitor(world.person("coordinator")).get(page_of(file, "as_of")))
    assert "handed over" in content
    assert "being written" in content
