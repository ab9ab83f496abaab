"""manage.py erase: for administrators without a page."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.erasures import comment_key, pieces_of_person
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event, Text
from tests.support.world import World

WORDS = "Mona Adel did not sign."
GROUNDS = ("--reason", "She asked for it.", "--basis", "Law 151 of 2020")


@pytest.fixture
def returned(world: World) -> tuple[Dossier, str]:
    dossier = world.dossier("screening")
    event = world.perform(dossier, "return_for_completion", comment=WORDS)
    return dossier, comment_key(dossier.pk, event.seq)


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("erase", *arguments, stdout=said)
    return said.getvalue()


def test_what_can_be_erased_is_listed_and_nothing_goes_without_being_told_to(
    world: World, returned: tuple[Dossier, str]
) -> None:
    dossier, key = returned
    listed = run("--file", dossier.number)
    assert f"{key}\n    {WORDS}" in listed
    assert "Nothing is erased yet" in listed
    shown = run(key, "--file", dossier.number, "--by", world.person("administrator").email, *GROUNDS)
    assert [line for line in shown.splitlines() if not line.startswith(" ")][:-1] == [key]
    assert Text.objects.filter(text=WORDS).exists()


def test_what_is_named_is_erased_by_the_administrator_who_is_named(
    world: World, returned: tuple[Dossier, str]
) -> None:
    dossier, key = returned
    by = world.person("administrator")
    options = ("--by", by.email, *GROUNDS, "--for-good", "--format", "json")
    said = json.loads(run(key, "--file", dossier.number, *options))
    event = Event.objects.get(stream=dossier.pk, kind="erased")
    assert said == {"erased": 1, "events": [{"stream": str(dossier.pk), "seq": event.seq}]}
    assert event.actor == by.pk
    assert not Text.objects.filter(text=WORDS).exists()


def test_person_is_named_by_address_or_id(world: World) -> None:
    person = world.stranger
    assert run("--person", person.email) == run("--person", str(person.pk))
    keys = [
        line for line in run("--person", person.email).splitlines() if line.startswith(("name:", "email:"))
    ]
    options = ("--by", world.person("administrator").email, *GROUNDS, "--for-good")
    assert "2 texts are erased for good" in run(*keys, "--person", str(person.pk), *options).translate(
        {0x2066: None, 0x2068: None, 0x2069: None}
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--by", "nobody@tests.example", *GROUNDS), "nobody with the address"),
        ((*GROUNDS,), "with --by"),
        (("--by", "stranger@tests.example", *GROUNDS), "taken by"),
        (("--by", "ADMINISTRATOR", "--reason", "asked"), "Name the law"),
        (("--by", "ADMINISTRATOR", "--reason", "for Mona Adel", "--basis", "law"), "ordinary words may stay"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_nothing_goes(
    world: World, returned: tuple[Dossier, str], options: tuple[str, ...], told: str
) -> None:
    dossier, key = returned
    by = world.person("administrator").email
    given = [by if each == "ADMINISTRATOR" else each for each in options]
    with pytest.raises(CommandError, match=told) as refused:
        run(key, "--file", dossier.number, "--for-good", *given)
    assert refused.value.returncode == 2
    assert Text.objects.filter(text=WORDS).exists()


def test_what_is_not_there_is_said_when_a_file_or_key_is_unknown(
    world: World, returned: tuple[Dossier, str]
) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run("--file", "IC-1999-0001")
    with pytest.raises(CommandError, match="not there any more"):
        run("comment:none:1", "--file", returned[0].number)


def test_who_may_not_erase_and_tries_is_in_the_trail_of_the_file_or_the_person(
    world: World, returned: tuple[Dossier, str]
) -> None:
    dossier, key = returned
    name = next(each.key for each in pieces_of_person(world.applicant.pk))
    coordinator = world.person("coordinator")
    for what, target in ((key, ("--file", dossier.number)), (name, ("--person", world.applicant.email))):
        with pytest.raises(CommandError):
            run(what, *target, "--by", coordinator.email, *GROUNDS, "--for-good")
    for stream, code in ((dossier.pk, "not_your_role"), (world.applicant.pk, "not_every_scheme")):
        tried = Event.objects.get(stream=stream, kind="refused")
        assert (tried.actor, tried.data["act"]) == (coordinator.pk, "erase")
        assert [each["code"] for each in tried.data["reasons"]] == [code]
    assert list(verify_all()) == []
