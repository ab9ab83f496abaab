"""Papers: made once, signed so that a stranger is convinced, and never otherwise."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from cryptography import x509
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from accreditation_engine.certificates.checking.papers import check_paper
from accreditation_engine.certificates.credential.integrity import ProofRefused, check
from accreditation_engine.certificates.credential.multikey import from_multikey
from accreditation_engine.certificates.finished import finishing
from accreditation_engine.certificates.finished.finishing import (
    BasisChanged,
    ClockWrong,
    finish,
    finish_what_waits,
    make_anew,
    waiting,
)
from accreditation_engine.certificates.finished.keeping import PaperLost, file_of, path_of
from accreditation_engine.certificates.keys.files import key_file
from accreditation_engine.certificates.keys.keeping import current, roots
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.signing.identity import LIVES, made_for
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.certificates.ending import take
from tests.certificates.paper.reading import text_of
from tests.support.small import reviewed, small_scheme
from tests.support.world import World

REASON = "بعد التظلم"


def wrong() -> list[str]:
    return [each.detail for each in verify_all(contents=True)]


def test_paper_convinces_a_stranger_who_trusts_the_sites_root(certificate: Certificate) -> None:
    paper = finish(certificate)
    file = file_of(paper)
    assert judged(file, roots()).verdict == "holds"
    with pikepdf.open(io.BytesIO(file)) as document:
        attached = document.attachments["credential.json"].get_file().read_bytes()
    assert attached.decode() == paper.credential
    check(json.loads(attached), from_multikey(paper.credential_key.public))
    event = Event.objects.get(stream=certificate.pk, kind="paper_made")
    assert event.data["pdf"] == sha256(file).hexdigest() == paper.pdf
    assert wrong() == []


def test_a_changed_an_appended_and_a_foreign_paper_are_told_apart(certificate: Certificate) -> None:
    file = file_of(finish(certificate))
    place = file.index(b"/Title")
    changed = file[:place] + b"/Titlf" + file[place + 6 :]
    assert judged(changed, roots()).verdict in ("changed", "unreadable")
    assert judged(file + b"\n% more\n", roots()).verdict in ("appended", "unreadable")
    foreign = made_for(Bilingual(ar="غير", en="Somebody else"), timezone.now())
    assert judged(file, [foreign.root]).verdict == "untrusted"


def test_a_credential_that_was_changed_or_given_other_contexts_is_refused(certificate: Certificate) -> None:
    paper = finish(certificate)
    key, document = from_multikey(paper.credential_key.public), json.loads(paper.credential)
    document["credentialSubject"]["achievement"]["humanCode"] = "C-X-1"
    with pytest.raises(ProofRefused, match="bad_signature"):
        check(document, key)
    document = json.loads(paper.credential)
    document["@context"].append("https://example.org/other")
    with pytest.raises(ProofRefused, match="other_context"):
        check(document, key)


def test_paper_is_made_once_whoever_asks(certificate: Certificate) -> None:
    first = finish(certificate)
    assert finish(certificate) == first
    assert not waiting().exists()
    assert Paper.objects.count() == Event.objects.filter(kind="paper_made").count() == 1


@pytest.mark.django_db(transaction=True)
def test_paper_is_made_once_when_several_workers_make_it(certificate: Certificate) -> None:
    with lifted(connection):  # the task that is asked for on commit has made it already
        Paper.objects.all().delete()
        Event.objects.filter(kind="paper_made").delete()

    def work(_worker: int) -> str:
        try:
            return finish(Certificate.objects.get(pk=certificate.pk)).pdf
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        assert len(set(workers.map(work, range(4)))) == 1
    assert Paper.objects.count() == 1


def test_the_same_bytes_are_made_again_when_the_file_is_lost(certificate: Certificate) -> None:
    paper = finish(certificate)
    before = file_of(paper)
    default_storage.delete(path_of(paper.pdf))
    assert "is gone" in wrong()[0]
    again = Paper.objects.select_related("certificate__dossier__organisation").get()
    with time_machine.travel(timezone.now() + LIVES * 2):  # the keys have run out long since
        assert file_of(again) == before
    assert wrong() == []


def test_another_file_in_its_place_is_not_given_out(certificate: Certificate) -> None:
    paper = finish(certificate)
    before = file_of(paper)
    Path(default_storage.path(path_of(paper.pdf))).write_bytes(b"%PDF-1.7 forged")
    assert "is another" in wrong()[0]
    assert file_of(paper) == before
    Path(default_storage.path(path_of(paper.pdf))).unlink()
    with lifted(connection):
        Paper.objects.update(content={**paper.content, "number": "C-FORGED"})
    with pytest.raises(PaperLost, match="does not come out as it was"):
        file_of(Paper.objects.get())


def test_a_lost_file_is_made_again_without_its_keys_but_not_of_before_signatures_were_kept(
    certificate: Certificate,
) -> None:
    paper = finish(certificate)
    before = file_of(paper)
    default_storage.delete(path_of(paper.pdf))
    with lifted(connection):
        Paper.objects.update(signature="")
    old = Paper.objects.get()
    assert file_of(old) == before
    default_storage.delete(path_of(paper.pdf))
    key_file(paper.paper_key).unlink()
    with pytest.raises(PaperLost, match="put it back from the backup"):
        file_of(old)
    assert file_of(paper) == before


def test_what_it_says_does_not_change_with_what_becomes_of_it(world: World, certificate: Certificate) -> None:
    before = file_of(finish(certificate))
    take(world, certificate, "withdraw")
    assert file_of(finish(certificate)) == before


def test_a_new_version_takes_the_place_of_the_one_before(certificate: Certificate) -> None:
    first = finish(certificate)
    with pytest.raises(ValueError, match="without a reason"):
        make_anew(certificate, by=SYSTEM, role="system", reason=" ")
    second = make_anew(certificate, by=SYSTEM, role="system", reason=REASON)
    assert (first.version, second.version) == (1, 2)
    assert finish(certificate) == second
    assert first.place != second.place
    assert wrong() == []


def test_no_paper_is_made_when_what_was_judged_has_changed(certificate: Certificate) -> None:
    Rating.objects.filter(assignment__dossier=certificate.dossier, criterion="a-1").update(value="1")
    with pytest.raises(BasisChanged):
        finish(certificate)
    with pytest.raises(BasisChanged):
        finish_what_waits()
    assert not Paper.objects.exists()


def test_one_that_fails_stops_no_other(world: World, certificate: Certificate) -> None:
    other = reviewed(world, ("4", "4", "4"))
    world.perform(other, "grant")
    Rating.objects.filter(assignment__dossier=certificate.dossier, criterion="a-1").update(value="1")
    with pytest.raises(BasisChanged):
        finish_what_waits()
    assert Paper.objects.get().certificate.dossier == other


def test_no_paper_is_made_when_the_key_is_gone_or_has_run_out(certificate: Certificate) -> None:
    with time_machine.travel(timezone.now() - LIVES - timedelta(days=1), tick=False):
        current(PAPER)
    with pytest.raises(KeyUnusable, match="signing_keys --use paper --rotate"):
        finish(certificate)
    key_file(current(PAPER)).unlink()
    with pytest.raises(KeyUnusable, match="put it back from the backup"):
        finish(certificate)
    assert not Paper.objects.exists()


def test_no_paper_is_made_when_the_clock_runs_behind(certificate: Certificate) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        current(PAPER)
    with pytest.raises(KeyUnusable, match="set the clock"):
        finish(certificate)


def test_no_paper_is_signed_before_its_certificate_was_issued(certificate: Certificate) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=400), tick=False):
        current(PAPER), current(CREDENTIAL)
    with (
        time_machine.travel(timezone.now() - timedelta(days=2), tick=False),
        pytest.raises(ClockWrong, match="set the clock"),
    ):
        finish(certificate)
    assert not Paper.objects.exists()
    assert finish(certificate)


def test_no_paper_is_older_than_its_keys_when_a_second_passes_as_each_is_made(
    certificate: Certificate,
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def a_second_passes(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
            if sql.startswith('INSERT INTO "certificates_signingkey"'):
                clock.shift(1)
            return execute(sql, *more)

        with connection.execute_wrapper(a_second_passes):
            paper = finish(certificate)
        assert check_paper(file_of(paper)).verdict == "holds"
    assert paper.made_at >= paper.paper_key.made_at.replace(microsecond=0)


@pytest.mark.parametrize(
    "name",
    ["ن" * 200, 'Acme #strong[*] $x$ "q" \\ جمعية <b> & Söhne', "شركة Nile ١٢٣ Group (مصر)"],
    ids=["long", "markup", "mixed"],
)
def test_any_name_is_printed_as_it_stands(world: World, name: str) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    organisation = file.organisation
    organisation.name_ar = organisation.name_en = name
    organisation.save()
    world.perform(file, "grant")
    paper = finish(Certificate.objects.get(dossier=file))
    assert judged(file_of(paper), roots()).verdict == "holds"
    assert name in paper.credential.replace('\\"', '"').replace("\\\\", "\\")


def test_a_letter_that_no_font_has_keeps_nobody_from_their_paper(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    change_organisation(
        organisation=file.organisation, name_ar="جمعية 中文", name_en="中文 Association", by=SYSTEM
    )
    world.perform(file, "grant")
    paper = finish(Certificate.objects.get(dossier=file))
    words = text_of(file_of(paper))
    assert "\ufffd\ufffd Association" in words
    assert "none of the fonts" in words
    assert "中文 Association" in paper.credential


def test_place_is_another_when_somebody_has_taken_it(
    world: World, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = finish(certificate).place
    other = reviewed(world, ("4", "4", "4"))
    world.perform(other, "grant")
    places = iter([taken, taken + 1])
    monkeypatch.setattr(finishing, "_free_place", lambda: next(places))
    assert finish(Certificate.objects.get(dossier=other)).place == taken + 1


def test_database_refuses_to_change_or_take_away_a_paper(certificate: Certificate) -> None:
    paper = finish(certificate)
    for change in (
        lambda: Paper.objects.filter(pk=paper.pk).update(place=7),
        lambda: Paper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_verification_names_a_paper_that_was_slipped_in_or_changed(certificate: Certificate) -> None:
    finish(certificate)
    with lifted(connection):
        Paper.objects.update(credential="{}")
    assert any("credential" in each for each in wrong())


def test_chain_of_the_key_can_be_read_by_anybody(certificate: Certificate) -> None:
    signer, root = finish(certificate).paper_key.certificates
    assert isinstance(root, x509.Certificate)
    assert signer.issuer == root.subject
