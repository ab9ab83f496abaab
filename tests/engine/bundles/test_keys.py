"""A site that has changed its key, and an auditor who trusts one of them: trust leads from each to the others, and
to no key beside."""

from __future__ import annotations

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.trail.append import append
from accreditation_engine.trail.bundle.verify_trail import Report, Trusted, read_checkpoint, read_key
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.keys import key_file, retire, rotate
from accreditation_engine.trail.transparency.notes import signed, verifier_key
from tests.support.bundles import Files, checked, files_of
from tests.support.world import TINY, World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("keys_of_its_own"),
    pytest.mark.same_on_any_database,  # the verifier reads the zip, and never whence its rows came
]


@pytest.fixture
def dossier(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("draft", scheme="tiny")


def changing_keys(world: World, dossier: Dossier, *, times: int) -> list[Key]:
    """All keys that a site had which changed its key so often, each of which has signed two checkpoints."""
    keys = [make_checkpoint().key]
    for _ in range(times):
        world.perform(dossier, "remark")
        make_checkpoint()
        keys.append(rotate(reason="كل بضع سنوات"))
        make_checkpoint()
    world.perform(dossier, "remark")
    return keys


def trusting(*keys: Key, kept: str = "") -> Trusted:
    found = tuple(read_key(verifier_key(each.name, bytes.fromhex(each.public))) for each in keys)
    return Trusted(found, ("kept.txt", read_checkpoint(kept.encode())) if kept else None)


def problems(report: Report) -> list[str]:
    return [each.code for each in report.problems]


def notes(report: Report) -> list[str]:
    return [code for code, _ in report.notes]


def test_trust_in_any_key_leads_to_all_others(world: World, dossier: Dossier) -> None:
    keys = changing_keys(world, dossier, times=2)
    files = files_of([dossier.pk])
    for each in keys:
        report = checked(files, trusting(each))
        assert [each.line("en") for each in report.problems] == []
        assert len([code for code in notes(report) if code.startswith("linked")]) == 2
        assert "own_keys" not in notes(report)
    assert problems(checked(files)) == []
    assert problems(checked(files, trusting(*keys))) == []


def test_a_checkpoint_that_was_kept_under_one_key_is_continued_under_another(
    world: World, dossier: Dossier
) -> None:
    first = make_checkpoint().note
    keys = changing_keys(world, dossier, times=2)
    files = files_of([dossier.pk], against=read_checkpoint(first.encode()).size)
    for each in keys:
        report = checked(files, trusting(each, kept=first))
        assert (problems(report), "continues" in notes(report)) == ([], True)


def test_many_checkpoints_later_the_one_that_both_have_signed_is_still_in_the_bundle(
    world: World, dossier: Dossier
) -> None:
    (old, _) = changing_keys(world, dossier, times=1)
    for _ in range(60):
        world.perform(dossier, "remark")
        make_checkpoint()
    report = checked(files_of([dossier.pk]), trusting(old))
    assert (problems(report), "linked" in notes(report)) == ([], True)


def test_trust_in_the_new_key_leads_back_though_the_old_one_was_deleted(
    world: World, dossier: Dossier
) -> None:
    """The tree that the new one has signed names all that were made. Forward nothing leads: whoever has seen the
    old file could have signed anything."""
    old = make_checkpoint().key
    key_file(old).unlink()
    new = rotate(reason="رآه غير صاحبه")
    make_checkpoint()
    world.perform(dossier, "remark")
    files = files_of([dossier.pk])
    backward = checked(files, trusting(new))
    assert (problems(backward), "linked_by_event" in notes(backward)) == ([], True)
    assert problems(checked(files, trusting(old))) == ["unknown_signer", "unknown_signer"]


def test_a_key_that_was_replaced_before_it_signed_anything_breaks_no_link(
    world: World, dossier: Dossier
) -> None:
    old = make_checkpoint().key
    between, new = rotate(reason="أ"), rotate(reason="ب")
    files = files_of([dossier.pk])
    for each in (old, between, new):
        assert problems(checked(files, trusting(each))) == []


def test_after_a_key_was_retired_what_it_signed_is_all_right(world: World, dossier: Dossier) -> None:
    key = make_checkpoint().key
    retire(reason="انتهى العمل به")
    files = files_of([dossier.pk], without_checkpoint=True)
    assert "uncovered" in problems(checked(files, trusting(key)))  # that it was retired
    new = rotate(reason="مفتاح جديد")
    assert problems(checked(files_of([dossier.pk]), trusting(new))) == []


def forged_key(dossier: Dossier) -> Files:
    """Somebody has put a key of theirs into the table, and signed what the site has signed."""
    private, last = Ed25519PrivateKey.generate(), make_checkpoint()
    with lifted(connection):
        forged = Key.objects.create(
            name=last.key.name, public=private.public_key().public_bytes_raw().hex(), made_at=timezone.now()
        )
        text = f"{last.note.partition(chr(10) * 2)[0]}\n"
        Checkpoint.objects.filter(pk=last.pk).update(note=signed(text, [(forged.name, private)]), key=forged)
        Key.objects.exclude(pk=forged.pk).update(retired_at=timezone.now())
    return files_of([dossier.pk], without_checkpoint=True)


def test_a_key_to_which_nothing_leads_stays_a_forgery(dossier: Dossier) -> None:
    site = make_checkpoint().key
    files = forged_key(dossier)
    assert problems(checked(files)) == ["key_alone", "end_unproved"]
    assert problems(checked(files, trusting(site))) == ["unknown_signer", "key_alone", "end_unproved"]


def test_a_signature_of_both_that_does_not_fit_leads_nowhere(world: World, dossier: Dossier) -> None:
    (old, new) = changing_keys(world, dossier, times=1)
    files = files_of([dossier.pk])
    (both,) = (
        name for name in files if name.startswith("checkpoints/") and files[name].count(b"\n\xe2") == 2
    )
    head, gap, lines = files[both].decode().partition("\n\n")
    another = files["checkpoint.txt"].decode().partition("\n\n")[2]
    by_old = next(line for line in lines.splitlines() if line not in another and _by(line, old))
    files[both] = f"{head}{gap}{another}{by_old}\n".encode()
    assert "bad_signature" in problems(checked(files, trusting(old)))
    assert "bad_signature" in problems(checked(files, trusting(new)))


def _by(line: str, key: Key) -> bool:
    known = read_key(verifier_key(key.name, bytes.fromhex(key.public)))
    note = f"o\n1\nAA==\nstreams 1 AA==\n\n{line}\n"
    return read_checkpoint(note.encode()).signatures[0][1] == known.id


def as_of_before(settings: Settings, name: str) -> None:
    """A key as a site made it that took its name from the settings each time."""
    settings.TRAIL_ORIGIN = name
    last = Key.objects.get(retired_at=None)
    private = Ed25519PrivateKey.generate()
    with lifted(connection):
        Key.objects.filter(pk=last.pk).update(retired_at=timezone.now())
    key = Key.objects.create(
        id=uuid4(), name=name, public=private.public_key().public_bytes_raw().hex(), made_at=timezone.now()
    )
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file(key).write_bytes(pem)
    key_file(key).chmod(0o600)
    append(Entry(key.pk, "key_made", data={"key": key.public, "name": name}))


def test_a_trail_that_went_on_under_another_name_was_not_rewritten(
    world: World, dossier: Dossier, settings: Settings
) -> None:
    kept = make_checkpoint().note
    old = Key.objects.get()
    as_of_before(settings, "moved.example/trail")
    world.perform(dossier, "remark")
    make_checkpoint()
    world.perform(dossier, "remark")
    files = files_of([dossier.pk], against=read_checkpoint(kept.encode()).size)
    report = checked(files, trusting(old, kept=kept))
    assert [each.line("en") for each in report.problems] == []
    renamed = [facts for code, facts in report.notes if code == "renamed"]
    assert renamed == [{"before": old.name, "now": "moved.example/trail"}]
    rewritten = kept.replace(kept.split("\n")[2], "A" * 43 + "=")
    assert "not_continued" in problems(checked(files, trusting(old, kept=rewritten)))


def test_a_trail_keeps_its_name_when_the_site_moves(
    world: World, dossier: Dossier, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    name = make_checkpoint().key.name
    settings.TRAIL_ORIGIN = "moved.example/trail"
    world.perform(dossier, "remark")
    assert rotate(reason="انتقل الموقع").name == name
    assert make_checkpoint().note.startswith(f"{name}\n")
    assert f"TRAIL_ORIGIN={name}" in caplog.text
    assert problems(checked(files_of([dossier.pk]))) == []
