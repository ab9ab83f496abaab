"""Whatever the demo holds of people can be erased, and the trail still verifies."""

from __future__ import annotations

from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Answer, Dossier, Evidence
from accreditation_engine.engine.erasures import pieces_in_file, pieces_of_person
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.erasing import erase_of_person
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.models import FoldedComment, Name, Text
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.support.world import World

GROUNDS = {"reason": "the end", "basis": "the law"}
STATES = ("certified", "refused", "correcting", "returned", "in_review", "withdrawn")


def test_trail_verifies_when_everything_that_can_be_erased_is_erased(world: World) -> None:
    for state in STATES:
        world.dossier(state)
    make_checkpoint()
    by = world.person("administrator")
    for dossier in Dossier.objects.all():
        keys = [each.key for each in pieces_in_file(dossier.pk)]
        erase_in_file(dossier=dossier, keys=keys, by=by, **GROUNDS)
    for person in User.objects.exclude(pk=by.pk):
        keys = [each.key for each in pieces_of_person(person.pk)]
        erase_of_person(person=person, keys=keys, by=by, **GROUNDS)
    assert list(verify_all()) == []
    make_checkpoint()
    assert list(verify_all()) == []
    assert set(Text.objects.exclude(text=None).values_list("text", flat=True)) == {"the end\n\nthe law"}
    assert not FoldedComment.objects.exclude(folded__contains="the end").exists()
    assert list(Name.objects.exclude(name=None).values_list("actor", flat=True)) == [by.pk]
    assert not User.objects.exclude(pk=by.pk).exclude(name="").exists()
    assert not Answer.objects.exclude(narrative="").exists()
    assert not Rating.objects.exclude(note="").exists()
    assert not Evidence.objects.exclude(name="", content_erased_at__isnull=False).exists()
