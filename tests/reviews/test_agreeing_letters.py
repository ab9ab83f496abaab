"""Mail to those who are still to agree on a proposed rating."""

from __future__ import annotations

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.consensus import confirm
from tests.reviews.test_consensus import GUARDED, RECONCILED, proposed
from tests.support.post import delivered, nobody_is_written_to
from tests.support.small import reviewed
from tests.support.world import World, changed

HIDDEN = "waits_for: panel}"
SHOWN = "waits_for: panel, shows: {reviewer: [own_ratings, consensus]}}"


def apart(world: World, panel: str) -> Dossier:
    world.scheme(changed(GUARDED, (HIDDEN, panel)), RECONCILED)
    file = reviewed(world, ("4", "3", "4"), ("1", "2", "4"))
    nobody_is_written_to()
    return file


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "اقترحت درجة تنتظر موافقتك."), ("en", "A rating is proposed on which you are to agree.")],
)
def test_the_other_reviewer_is_told_and_nobody_is_named(world: World, language: str, words: str) -> None:
    file, one, other = apart(world, SHOWN), world.person("reviewer"), world.person("reviewer", 1)
    User.objects.filter(pk=other.pk).update(language=language)
    proposed(file, one)
    (mail,) = delivered()
    assert mail.to == [other.email]
    assert words in str(mail.body)
    assert file.number in str(mail.body)
    assert one.name not in str(mail.body)


def test_reviewers_are_told_when_the_reviews_are_in_and_lie_too_far_apart(world: World) -> None:
    world.scheme(changed(GUARDED, (HIDDEN, SHOWN)), RECONCILED)
    people = {world.person("reviewer", number).email for number in (0, 1)}
    reviewed(world, ("4", "3", "4"), ("1", "2", "4"))
    told = [each for each in delivered() if "وتباعدت الدرجات" in str(each.body)]
    assert {address for each in told for address in each.to} == people
    proposed(reviewed(world, ("4", "3", "4"), ("1", "2", "4")), world.person("reviewer"))
    reviewed(world, ("4", "3", "4"), ("4", "2", "4"))
    assert not [each for each in delivered() if "وتباعدت الدرجات" in str(each.body)]


def test_nobody_is_told_of_what_is_settled_or_kept_from_them(world: World) -> None:
    file, one, other = apart(world, SHOWN), world.person("reviewer"), world.person("reviewer", 1)
    confirm(proposal=proposed(file, one), by=other)
    assert delivered() == []
    proposed(apart(world, HIDDEN), one)
    assert delivered() == []
