"""Files with a concern: from whoever raised it, without what tells of them, and with the organisation's answer."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accreditation_engine.complaints.domain import Concern, Raised, add_to_concern, raise_concern
from accreditation_engine.complaints.filing import MOST_AT_ONCE, answered_with, files_of
from accreditation_engine.complaints.models import ComplaintFile
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from tests.support.bundles import checked
from tests.support.bundles import files_of as bundled
from tests.support.papers import pdf
from tests.support.world import World

TEXT = "They asked for money that no price list names."


def photograph(name: str = "salwa-at-home.jpg") -> SimpleUploadedFile:
    """One that lies on its side and says so, where it was taken and with what."""
    exif, kept = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F] = 6, "Salwa's telephone"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 20), "red").save(kept, format="JPEG", exif=exif, comment=b"taken by Salwa")
    return SimpleUploadedFile(name, kept.getvalue())


def paper(name: str = "prices.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(name))


def raised(world: World, *uploads: SimpleUploadedFile) -> Raised:
    return raise_concern(dossier=world.dossier("certified"), concern=Concern(TEXT), uploads=uploads)


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return [each.code for each in found.value.reasons]


def test_a_photograph_of_a_stranger_tells_nothing_of_who_took_it(world: World) -> None:
    complaint = raised(world, photograph(), paper()).complaint
    picture, document = files_of(complaint)[1]
    assert (picture.name, document.name) == (f"{complaint.number}-1.jpg", f"{complaint.number}-2.pdf")
    assert picture.filed_by is None
    with default_storage.open(picture.path) as stored:
        content = stored.read()
    assert b"Salwa" not in content
    assert b"Exif" not in content
    with Image.open(BytesIO(content)) as found:
        assert found.size == (20, 40)  # upright, as whoever took it saw it
        assert not found.getexif()
    add_to_concern(complaint=complaint, text="One more.", uploads=[photograph("b.jpg")])
    assert [each.name for each in files_of(complaint)[4]] == [f"{complaint.number}-3.jpg"]
    assert list(verify_all(contents=True)) == []


def test_what_a_stranger_sends_is_checked_and_little(world: World, settings: Any) -> None:
    script = SimpleUploadedFile("a.pdf", b"no pdf at all")
    assert refused(lambda: raised(world, script)) == ["file_disguised"]
    assert refused(lambda: raised(world, SimpleUploadedFile("a.heic", b"x"))) == ["file_kind"]
    assert refused(lambda: raised(world, SimpleUploadedFile("a.exe", b"x"))) == ["file_kind"]
    large = SimpleUploadedFile("a.pdf", b"x" * (10 * 2**20 + 1))
    assert refused(lambda: raised(world, large)) == ["file_too_large"]
    many = [paper(f"{each}.pdf") for each in range(MOST_AT_ONCE + 1)]
    assert refused(lambda: raised(world, *many)) == ["complaint_files_many"]
    settings.CLAMAV = "unix:///nowhere/clamd.sock"
    assert refused(lambda: raised(world, paper())) == ["scanner_silent"]
    settings.CLAMAV = ""
    assert not ComplaintFile.objects.exists()
    complaint = raised(world, *many[:MOST_AT_ONCE]).complaint
    add_to_concern(complaint=complaint, text="More.", uploads=[paper(f"b{each}.pdf") for each in range(5)])
    add = partial(add_to_concern, complaint=complaint, text="More.", uploads=[paper("c.pdf")])
    assert refused(add) == ["complaint_files_many"]


def test_the_organisation_answers_with_files_in_the_same_step(world: World) -> None:
    complaint = raised(world).complaint
    world.perform(complaint, "admit")
    answer = partial(answered_with([paper("receipts of Mona.pdf")]), complaint, "answer", world.applicant)
    assert refused(answer) == ["comment_missing"]
    assert not ComplaintFile.objects.exists()
    bad = answered_with([SimpleUploadedFile("a.pdf", b"no")])
    assert refused(lambda: bad(complaint, "answer", world.applicant, comment="A fee.")) == ["file_disguised"]
    event = answer(comment="It was a fee of the bank.")
    (filed,) = files_of(complaint)[event.seq]
    assert (filed.name, filed.filed_by) == ("receipts of Mona.pdf", world.applicant)
    assert list(verify_all(contents=True)) == []


def test_files_are_erased_with_the_text_that_they_came_with(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    complaint = raised(world, photograph()).complaint
    (filed,) = files_of(complaint)[1]
    keys = [each.key for each in pieces_in_file(complaint.dossier_id) if each.text == TEXT]
    with django_capture_on_commit_callbacks(execute=True):
        erase_in_file(
            dossier=complaint.dossier,
            keys=keys,
            reason="لطلب صاحبته",
            basis="قانون حماية البيانات",
            by=world.person("administrator"),
        )
    filed.refresh_from_db()
    assert filed.name == ""
    assert filed.erased_at is not None
    assert not default_storage.exists(filed.path)
    assert list(verify_all(contents=True)) == []


def test_another_file_in_the_place_of_one_is_noticed(world: World) -> None:
    complaint = raised(world, paper("changed.pdf")).complaint  # no other test finds its content changed
    (filed,) = files_of(complaint)[1]
    path = Path(default_storage.path(filed.path))
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert [each.code for each in verify_all(contents=True)] == ["complaint_file"]
    ComplaintFile.objects.update(size=1)
    assert [each.code for each in verify_all()] == ["complaint_file"]


def test_a_bundle_brings_the_files_along_and_notices_another(world: World) -> None:
    complaint = raised(world, photograph(), paper()).complaint
    erased, kept = files_of(complaint)[1]
    erase_in_file(
        dossier=complaint.dossier,
        keys=[each.key for each in pieces_in_file(complaint.dossier_id) if each.row == erased.pk],
        reason="لطلب صاحبته",
        basis="قانون حماية البيانات",
        by=world.person("administrator"),
    )
    whole = bundled([complaint.dossier_id])
    assert checked(whole).problems == []
    ComplaintFile.objects.filter(pk=kept.pk).update(came_with=2)
    assert {each.code for each in checked(bundled([complaint.dossier_id])).problems} == {"row"}
