"""manage.py checkpoint and manage.py trail_key."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from accreditation_engine.trail.models import Checkpoint, Event, Key, Text
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.keys import key_file
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


def run(name: str, *arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_note_is_printed_as_it_is_kept(world: World) -> None:
    code, out, _err = run("checkpoint")
    assert (code, out) == (0, Checkpoint.objects.get().note)
    code, out, _err = run("checkpoint", "--format", "json")
    document = json.loads(out)
    assert document["note"] == Checkpoint.objects.get().note
    assert document["root"] == Checkpoint.objects.get().root
    assert document["size"] == Event.objects.count()


@pytest.mark.parametrize(("language", "words"), [("en", "put it back"), ("ar", "النسخة الاحتياطية")])
def test_a_missing_key_file_is_told_in_one_line(world: World, language: str, words: str) -> None:
    run("checkpoint")
    key_file(Key.objects.get()).unlink()
    world.dossier()
    code, out, err = run("checkpoint", "--language", language)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert words in err


@pytest.mark.parametrize(("language", "words"), [("en", "does not continue"), ("ar", "لا تكمل")])
def test_a_broken_trail_is_told_in_one_line(world: World, language: str, words: str) -> None:
    run("checkpoint")
    dossier = world.dossier()
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trail_event SET body = substr(body, 2) WHERE id = %s",
            [Event.objects.filter(stream=dossier.pk).order_by("seq")[0].pk],
        )
    code, out, err = run("checkpoint", "--language", language)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert words in err


def test_keys_are_listed_the_newest_first(world: World) -> None:
    assert "There is no key yet" in run("trail_key")[1]
    run("checkpoint")
    code, out, _err = run(
        "trail_key", "--rotate", "--by", world.person("administrator").email, "--reason", "كل ثلاث سنوات"
    )
    assert code == 0
    new, old = Key.objects.get(retired_at=None), Key.objects.exclude(retired_at=None).get()
    assert out.index("signs since") < out.index("signed from")
    assert out.index(str(key_file(new))) < out.index(str(key_file(old)))
    retired = Event.objects.get(kind="key_retired")
    made = Event.objects.get(kind="key_made", stream=new.pk)
    assert {(each.actor, each.role) for each in (retired, made)} == {
        (world.person("administrator").pk, "administrator")
    }
    assert Text.objects.get(stream=retired.stream, seq=retired.seq).text == "كل ثلاث سنوات"
    listed = json.loads(run("trail_key", "--format", "json")[1])
    assert [each["key"] for each in listed] == [new.public, old.public]
    assert [each["usable"] for each in listed] == [True, True]
    assert listed[0]["verifier_key"].startswith(f"{new.name}+")


def test_a_key_is_retired_without_another_when_that_is_asked(world: World) -> None:
    run("checkpoint")
    assert run("trail_key", "--retire", "--by", "system", "--reason", "Seen by others")[0] == 0
    assert not Key.objects.filter(retired_at=None).exists()
    with pytest.raises(CommandError, match="nothing to retire"):
        run("trail_key", "--retire", "--by", "system", "--reason", "Seen by others")
    world.dossier()
    assert "trail_key --rotate" in run("checkpoint")[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rotate"], "Say why"),
        (["--retire", "--reason", "  "], "Say why"),
        (["--reason", "why not"], "--rotate or --retire"),
        (["--rotate", "--retire", "--reason", "x"], "not allowed with"),
        (["--rotate", "--reason", "\u200b\u2800"], "Say why"),
        (["--by", "system"], "--rotate or --retire"),
        (["--rotate", "--reason", "x"], "Say who does it"),
        (["--retire", "--by", "nobody@example.org", "--reason", "x"], "no administrator of all schemes"),
        (["--rotate", "--reason", "x" * 20_001], "has 20001 characters; at most 20000"),
    ],
)
def test_what_makes_no_sense_is_bad_input_and_changes_nothing(
    world: World, arguments: list[str], words: str
) -> None:
    run("checkpoint")
    with pytest.raises(CommandError, match=words) as refused:
        run("trail_key", *arguments)
    assert refused.value.returncode == 2
    assert Key.objects.filter(retired_at=None).count() == 1


def test_a_key_that_cannot_be_kept_leaves_the_old_one_signing(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    run("checkpoint")
    (tmp_path / "file").touch()
    settings.KEYS_DIR = tmp_path / "file"
    code, _out, err = run("trail_key", "--rotate", "--by", "system", "--reason", "x")
    assert code == 1
    assert "cannot be written" in err
    assert Key.objects.get().retired_at is None
