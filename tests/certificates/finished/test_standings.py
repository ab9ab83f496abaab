"""The status lists follow what becomes of certificates."""

from __future__ import annotations

import json
from datetime import timedelta

import time_machine
from django.utils import timezone

from accreditation_engine.certificates.credential.document import PURPOSES
from accreditation_engine.certificates.credential.integrity import check
from accreditation_engine.certificates.credential.multikey import from_multikey
from accreditation_engine.certificates.credential.status_list import ENTRIES, is_set
from accreditation_engine.certificates.finished.finishing import finish, make_anew
from accreditation_engine.certificates.finished.standings import SIGNED_ANEW, sign_lists
from accreditation_engine.certificates.models import Certificate, Paper, StatusList
from accreditation_engine.engine.acting import SYSTEM
from tests.certificates.ending import take
from tests.support.world import World

REVOCATION, SUSPENSION = PURPOSES


def standing(paper: Paper) -> dict[str, bool]:
    """As a stranger reads it in the lists that are published."""
    sign_lists()
    number, place = divmod(paper.place, ENTRIES)
    found = {}
    for purpose in PURPOSES:
        document = json.loads(StatusList.objects.get(purpose=purpose, number=number).document)
        check(document, from_multikey(paper.credential_key.public))
        found[purpose] = is_set(document["credentialSubject"]["encodedList"], place)
    return found


def test_bits_follow_suspension_reinstatement_and_withdrawal(world: World, certificate: Certificate) -> None:
    paper = finish(certificate)
    assert standing(paper) == {REVOCATION: False, SUSPENSION: False}
    world.perform(certificate, "suspend")
    assert standing(paper) == {REVOCATION: False, SUSPENSION: True}
    world.perform(certificate, "appeal_suspension")
    assert standing(paper) == {REVOCATION: False, SUSPENSION: True}
    other = Certificate.objects.get(pk=certificate.pk)
    assert other.state == "suspension_appealed"


def test_bits_follow_reinstatement_and_withdrawal(world: World, certificate: Certificate) -> None:
    paper = finish(certificate)
    world.perform(certificate, "suspend")
    world.perform(certificate, "reinstate")
    assert standing(paper) == {REVOCATION: False, SUSPENSION: False}
    take(world, certificate, "withdraw")
    assert standing(paper) == {REVOCATION: True, SUSPENSION: False}


def test_bit_is_set_when_the_last_day_is_over_though_the_system_has_not_said_so(
    certificate: Certificate,
) -> None:
    paper = finish(certificate)
    assert certificate.deadline_at is not None
    with time_machine.travel(certificate.deadline_at + timedelta(seconds=1), tick=False):
        assert standing(paper) == {REVOCATION: True, SUSPENSION: False}


def test_an_older_version_is_withdrawn_for_good(certificate: Certificate) -> None:
    first = finish(certificate)
    second = make_anew(certificate, by=SYSTEM, role="system", reason="بعد التظلم")
    assert standing(first) == {REVOCATION: True, SUSPENSION: False}
    assert standing(second) == {REVOCATION: False, SUSPENSION: False}


def test_a_list_is_signed_anew_only_when_it_changed_or_is_old(certificate: Certificate) -> None:
    finish(certificate)
    sign_lists()
    first = StatusList.objects.get(purpose=REVOCATION).signed_at
    sign_lists()
    assert StatusList.objects.get(purpose=REVOCATION).signed_at == first
    with time_machine.travel(timezone.now() + SIGNED_ANEW + timedelta(minutes=1), tick=False):
        sign_lists()
    assert StatusList.objects.get(purpose=REVOCATION).signed_at > first


def test_nothing_is_signed_where_there_is_no_paper(world: World) -> None:
    sign_lists()
    assert not StatusList.objects.exists()
