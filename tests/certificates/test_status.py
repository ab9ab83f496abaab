"""What strangers read of a certificate: one of five words, whatever its workflow calls its states."""

from __future__ import annotations

from pathlib import Path

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.replacing import replacing
from accreditation_engine.certificates.status import public_status
from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.public_status import word_for
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event
from tests.certificates.ending import take
from tests.portal.visitor import text_of, visitor
from tests.support.small import WORKFLOW, ask, fill, reviewed, small_scheme
from tests.support.world import World, changed, later

SHIPPED = Path(__file__).parents[2] / "workflows" / "certificate.yaml"


def problems(text: str) -> list[str]:
    return [str(each) for each in check_attempts([attempt_text(text, file="it.yaml")], vocabulary()).problems]


def certified(world: World) -> Certificate:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)


def certified_anew(world: World, older: Certificate) -> Certificate:
    """A newer one of the same organisation under the same scheme."""
    organisation = older.dossier.organisation
    (file,) = open_dossiers(organisations=[organisation], scheme="mini", by=world.applicant)
    reviewer = world.person("reviewer", 1)
    fill(ask(world, file, reviewer), "3", "3", "3")
    perform(file, "send_review", reviewer)
    world.perform(file, "close")
    world.perform(Dossier.objects.get(pk=file.pk), "grant")
    return Certificate.objects.get(dossier=file)


def test_a_state_says_its_word_or_is_called_so() -> None:
    assert word_for("active", None, final=False) == "active"
    assert word_for("replaced", "expired", final=True) == "expired"


def test_as_little_as_can_be_is_promised_of_states_from_before_words_were_asked_for() -> None:
    assert word_for("suspension_appealed", None, final=False) == "suspended"
    assert word_for("handed_back", None, final=True) == "withdrawn"


def test_a_state_of_a_certificate_is_refused_when_no_word_follows_from_it() -> None:
    heading = "    title: {ar: موقوفة ومتظلم منها, en: 'Suspended, appeal being heard'}\n"
    text = changed(SHIPPED.read_text("utf-8"), (f"{heading}    public_status: suspended\n", heading))
    (said,) = problems(text)
    assert "strangers do not learn what 'suspension_appealed' means; add 'public_status: ...'" in said
    (said,) = problems(changed(text, (heading, f"{heading}    public_status: paused\n")))
    assert "write one of: active, suspended, cancelled, withdrawn, expired" in said


def test_a_word_for_strangers_is_refused_when_they_learn_nothing_of_it() -> None:
    text = changed(
        WORKFLOW,
        ("title: {ar: قرار, en: Deciding}", "title: {ar: قرار, en: Deciding}, public_status: active"),
    )
    assert any(
        "of 'dossier' strangers learn nothing; remove 'public_status'" in each for each in problems(text)
    )


def test_one_whose_suspension_is_appealed_is_suspended(world: World) -> None:
    certificate = certified(world)
    world.perform(certificate, "suspend")
    world.perform(certificate, "appeal_suspension")
    assert public_status(certificate) == "suspended"
    page = text_of(visitor().get(f"/register/{certificate.number}/"))
    assert "Suspended For the time being" in page
    assert "appeal being heard" not in page


def test_one_whose_time_is_over_has_expired_swept_or_not(world: World) -> None:
    certificate = certified(world)
    with later(days=3 * 366 + 1):
        assert public_status(certificate) == "expired"


def test_a_newer_one_takes_the_place_of_an_older_one(world: World) -> None:
    older = certified(world)
    with later(days=1000):
        newer = certified_anew(world, older)
        assert list(verify_all()) == []
    older.refresh_from_db()
    assert (older.state, public_status(older), public_status(newer)) == ("replaced", "expired", "active")
    assert (replacing(older), replacing(newer)) == (newer, None)
    assert Event.objects.get(stream=older.pk, transition="replace").role == "system"
    page = text_of(visitor().get(f"/register/{older.number}/"))
    assert f"A newer certificate has taken its place {newer.number}" in page


def test_what_was_withdrawn_stays_so_when_a_newer_one_is_issued(world: World) -> None:
    older = certified(world)
    take(world, older, "withdraw")
    certified_anew(world, older)
    assert Certificate.objects.get(pk=older.pk).state == "withdrawn"
