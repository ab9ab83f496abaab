"""Keys of certificates: one of each use at a time, each with its life in the trail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from accreditation_engine.certificates.keys.files import credential_key, key_file, paper_key
from accreditation_engine.certificates.keys.keeping import bring, current, every, retire, roots, rotate
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER, USES, SigningKey
from accreditation_engine.certificates.keys.verification import keys_apart
from accreditation_engine.certificates.signing.identity import made_for
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Tally
from accreditation_engine.trail.protection import lifted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own", "in_english")]
REASON = "رآه غير صاحبه"


def wrong() -> list[str]:
    return [each.detail for each in keys_apart(None, False, Tally())]


@pytest.mark.parametrize("use", USES)
def test_a_key_is_made_once_and_then_kept(use: str) -> None:
    first = current(use)
    assert current(use) == first
    assert key_file(first).stat().st_mode & 0o777 == 0o600
    assert wrong() == []


@pytest.mark.django_db(transaction=True)
def test_one_key_is_made_when_several_ask_at_once() -> None:
    def ask(_who: int) -> str:
        try:
            return current(CREDENTIAL).public
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as several:
        assert len(set(several.map(ask, range(4)))) == 1
    files = list(key_file(current(CREDENTIAL)).parent.glob("credential-*.pem"))
    assert len(files) == SigningKey.objects.count() == 1


@pytest.mark.parametrize("use", USES)
def test_one_key_follows_another_and_the_trail_says_why(use: str) -> None:
    old = current(use)
    new = rotate(use, reason=REASON)
    assert current(use) == new
    assert every(use) == [new, SigningKey.objects.get(pk=old.pk)]
    kinds = Event.objects.filter(stream=old.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["signing_key_made", "signing_key_retired"]
    assert wrong() == []


def test_nothing_signs_after_the_last_key_was_retired() -> None:
    current(PAPER)
    with pytest.raises(ValueError, match="without a reason"):
        retire(PAPER, reason="\u200b")
    assert len(retire(PAPER, reason=REASON)) == 1
    with pytest.raises(KeyUnusable, match="signing_keys --use paper --rotate"):
        current(PAPER)
    assert len(roots()) == 1


def test_a_body_brings_its_own_key_for_papers() -> None:
    current(PAPER)
    own = made_for(Bilingual(ar="هيئة", en="A body"), timezone.now())
    key = bring(own, reason=REASON)
    assert current(PAPER) == key
    assert paper_key(key).chain == own.chain
    assert key.certificates == own.chain
    with pytest.raises(ValueError, match="known already"):
        bring(own, reason=REASON)
    assert wrong() == []


@pytest.mark.parametrize("content", [b"", b"no key"])
def test_a_file_without_a_key_or_with_another_is_named(content: bytes) -> None:
    paper, credential = current(PAPER), current(CREDENTIAL)
    key_file(paper).write_bytes(content)
    with pytest.raises(KeyUnusable, match="holds no key"):
        paper_key(paper)
    rotate(CREDENTIAL, reason=REASON)
    key_file(credential).write_bytes(key_file(current(CREDENTIAL)).read_bytes())
    with pytest.raises(KeyUnusable, match="holds another key"):
        credential_key(credential)


def test_database_refuses_to_change_a_key_or_to_take_it_away() -> None:
    key = current(CREDENTIAL)
    for change in (
        lambda: SigningKey.objects.filter(pk=key.pk).update(public="z6Mk"),
        lambda: SigningKey.objects.filter(pk=key.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_verification_names_keys_that_no_event_speaks_of_and_lives_that_were_changed() -> None:
    key = current(CREDENTIAL)
    with lifted(connection):
        SigningKey.objects.filter(pk=key.pk).update(retired_at=timezone.now())
        assert wrong() == ["retired_at is not when its trail says it was retired"]
        SigningKey.objects.filter(pk=key.pk).update(retired_at=None, public="z6Mkforged")
        assert wrong() == ["no event speaks of this key"]
        SigningKey.objects.all().delete()
    assert wrong() == ["the key that was made then is not there any more"]
