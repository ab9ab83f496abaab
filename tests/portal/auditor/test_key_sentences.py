"""The life of a key that signs checkpoints, in words."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation
from pytest_django import Settings

from accreditation_engine.portal.auditor.sentences import Context, Sentence, in_a_sentence
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from accreditation_engine.trail.transparency.keys import rotate, signing_key
from tests.support.world import World


def sentences(world: World, stream: object, language: str) -> list[Sentence]:
    reader = Reader(world.person("auditor"), world.dossier(), frozenset({"auditor"}), frozenset())
    events = Event.objects.filter(stream=stream).order_by("seq")
    with translation.override(language):
        return [in_a_sentence(Context(each, reader, {})) for each in told(events)]


def test_a_key_is_told_of_from_its_making_to_its_end(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS_DIR = tmp_path
    key, _private = signing_key()
    rotate(reason="Every three years")
    made, retired = sentences(world, key.pk, "en")
    assert made.title == "A key that signs checkpoints was made"
    assert retired.title == "A key that signed checkpoints was retired"
    for each in (made, retired):
        assert each.facts == [{"term": "Public key", "value": key.public, "kind": "code"}]
    assert [each.title for each in sentences(world, key.pk, "ar")] == [
        "أنشئ مفتاح لتوقيع نقاط التحقق",
        "أنهي العمل بمفتاح كان يوقع نقاط التحقق",
    ]
