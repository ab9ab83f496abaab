"""What a paper says, taken from its certificate."""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accreditation_engine.certificates.finished.content import content_of, from_kept, kept
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.paper.certificate import render_certificate
from accreditation_engine.demo.autopilot import play
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.support.programs import cannot_run
from tests.support.small import RUBRIC, WORKFLOW, reviewed, small_scheme
from tests.support.world import World


def print_of(certificate: Certificate) -> bytes:
    return render_certificate(content_of(certificate))


def test_content_is_the_same_after_it_was_kept(certificate: Certificate) -> None:
    for version in (1, 2):
        content = content_of(certificate, version)
        assert from_kept(json.loads(json.dumps(kept(content)))) == content


def test_paper_keeps_the_holders_names_when_it_is_renamed(certificate: Certificate) -> None:
    """Through the one way or past it: what was issued says whom it certified."""
    issued = content_of(certificate)
    organisation = certificate.dossier.organisation
    change_organisation(organisation=organisation, name_en="New Name", name_ar="اسم جديد", by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET name_en = 'Crooks Ltd', governorate = 'X'")
    again = Certificate.objects.get(pk=certificate.pk)
    assert content_of(again) == issued
    assert issued.holder.en == "Nour El-Nil Association"
    assert Event.objects.get(stream=certificate.pk, seq=1).data["holder_en"] == "Nour El-Nil Association"


def test_database_refuses_another_holder_when_the_certificate_is_issued(certificate: Certificate) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(holder_en="Crooks Ltd")


def words_of(pdf: bytes) -> str:
    try:
        done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    except FileNotFoundError:
        cannot_run("pdftotext is not here")
    return done.stdout.decode()


def test_the_paper_says_what_the_register_says(certificate: Certificate) -> None:
    content = content_of(certificate)
    assert (content.number, content.outcome.en, content.edition) == (certificate.number, "Gold", "1")
    assert (content.holder.ar, content.holder.en) == ("جمعية نور النيل", "Nour El-Nil Association")
    assert (content.issued_on, content.valid_until) == (certificate.issued_on, certificate.valid_until)
    assert content.register_url.endswith(f"/register/{certificate.number}/")


def test_an_area_that_does_not_apply_is_left_out(certificate: Certificate) -> None:
    assert [(area.name.en, str(area.percent)) for area in content_of(certificate).areas] == [("A", "100.00")]


@pytest.mark.parametrize(("ratings", "palette"), [(("4", "4", "4"), "gold"), (("2", "2", "2"), "green")])
def test_gold_is_printed_in_gold(world: World, ratings: tuple[str, str, str], palette: str) -> None:
    small_scheme(world)
    file = reviewed(world, ratings)
    world.perform(file, "grant")
    assert content_of(Certificate.objects.get(dossier=file)).palette == palette


def test_words_come_from_the_edition_that_was_judged(world: World, certificate: Certificate) -> None:
    renamed = RUBRIC.replace("en: Gold", "en: Platinum").replace('edition: "1"', 'edition: "2"')
    world.scheme(WORKFLOW.replace('edition: "1"', 'edition: "2"'), renamed)
    assert content_of(certificate).outcome.en == "Gold"
    assert content_of(certificate).edition == "1"


def test_one_page_with_number_names_and_dates(certificate: Certificate) -> None:
    pdf = print_of(certificate)
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        assert len(paper.pages) == 1
    words = words_of(pdf)
    assert certificate.number in words
    assert "Nour El-Nil Association" in words
    assert str(certificate.issued_on.year) in words


def test_a_certificate_of_the_shipped_scheme_is_printed_without_an_area_that_does_not_apply(
    world: World,
) -> None:
    file = world.dossier()
    case = world.case(file)
    left_out = {key: "not_applicable" for key in case.ratings if key[1].startswith("equality-")}
    list(play(replace(case, ratings={**case.ratings, **left_out})))
    certificate = Certificate.objects.get(dossier=Dossier.objects.get(pk=file.pk))
    assert "Equality" not in [area.name.en for area in content_of(certificate).areas]
    words = words_of(print_of(certificate))
    assert "Gold" in words
    assert "Transparency" in words
    assert "Equality" not in words


def test_a_certificate_without_an_end_is_printed(certificate: Certificate) -> None:
    certificate.valid_until = None
    assert certificate.number in words_of(print_of(certificate))


def test_a_date_that_was_forged_is_not_printed_in_silence(certificate: Certificate) -> None:
    """Printing itself refuses a certificate that ends before it begins."""
    with lifted(connection):
        Certificate.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    certificate.refresh_from_db()
    with pytest.raises(ValueError, match="valid_until"):
        print_of(certificate)
