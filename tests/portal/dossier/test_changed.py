"""Pages say what is not as it was when it was judged: in full to whoever sees it, in one sentence to strangers."""

from __future__ import annotations

import pytest

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.reviews.models import Rating
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import World

CHANGED = "Changed since the decision"


def spoil(dossier: Dossier) -> Rating:
    rating = Rating.objects.filter(assignment__dossier=dossier).exclude(value="2").order_by("pk")[0]
    Rating.objects.filter(pk=rating.pk).update(value="2")
    return rating


def register_entry(dossier: Dossier) -> str:
    return f"/register/{dossier.certificates.get().number}/"


def test_nothing_is_said_when_all_is_as_it_was_judged(world: World) -> None:
    dossier = world.dossier("certified")
    for page in (page_of(dossier), page_of(dossier, "trail")):
        assert CHANGED not in text_of(visitor(world.person("auditor")).get(page))
    assert CHANGED not in text_of(visitor().get(register_entry(dossier)))


def test_auditor_reads_on_both_pages_which_rating_was_changed(world: World) -> None:
    dossier = world.dossier("certified")
    rating = spoil(dossier)
    for page in (page_of(dossier), page_of(dossier, "trail")):
        content = text_of(visitor(world.person("auditor")).get(page))
        assert CHANGED in content
        assert f"was {rating.value} when it was judged and is 2." in content
        assert "The score sheet of “" in content


def test_applicant_learns_that_something_changed_and_no_rating(world: World) -> None:
    dossier = world.dossier("certified")
    spoil(dossier)
    content = text_of(visitor(world.applicant).get(page_of(dossier)))
    assert CHANGED in content
    assert "Something else that you may not see at this stage." in content
    assert "when it was judged and is" not in content


def test_stranger_is_told_to_ask_and_nothing_of_the_file(world: World) -> None:
    dossier = world.dossier("certified")
    rating = spoil(dossier)
    content = text_of(visitor().get(register_entry(dossier)))
    assert CHANGED in content
    assert "ask the accrediting body" in content
    assert rating.criterion not in content


def test_long_lists_are_folded(world: World) -> None:
    dossier = world.dossier("certified")
    count = Evidence.objects.filter(dossier=dossier).count()
    Evidence.objects.filter(dossier=dossier).delete()
    content = text_of(visitor(world.person("auditor")).get(page_of(dossier)))
    assert content.count("Evidence that was judged is gone") == count
    assert f"{count - 5} more" in content


@pytest.mark.parametrize("role", ["applicant", "coordinator", "reviewer", "panel", "auditor"])
def test_overview_stays_within_its_queries_when_something_changed(world: World, role: str) -> None:
    dossier = world.dossier("certified")
    spoil(dossier)
    assert queries_for(visitor(world.person(role)), page_of(dossier)) <= 15


def test_register_entry_costs_three_queries_and_one_more_when_something_changed(world: World) -> None:
    dossier = world.dossier("certified")
    address = register_entry(dossier)
    costs = queries_for(visitor(), address)
    spoil(dossier)
    assert (costs, queries_for(visitor(), address)) == (3, 4)


def test_trail_names_the_pieces_of_a_decision(world: World) -> None:
    dossier = world.dossier("certified")
    content = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    count = Evidence.objects.filter(dossier=dossier).count()
    assert f"Evidence, file by file {count} file" in content
    assert "Ratings, criterion by criterion" in content
    assert "Votes that counted 3 votes" in content
    assert Evidence.objects.filter(dossier=dossier)[0].sha256 in content
