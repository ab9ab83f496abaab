"""What stands beside the trail and was once compared with nothing: each change is named by verify_trail."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.keys import rotate
from tests.support.world import World

FORGERIES = {
    "a key retired": ("UPDATE trail_key SET retired_at = '2026-01-01 00:00:00+00:00'", "key"),
    "a key at work again": ("UPDATE trail_key SET retired_at = NULL WHERE retired_at IS NOT NULL", "key"),
    "copies for the search deleted": ("DELETE FROM trail_foldedcomment", "search"),
    "copies for the search changed": ("UPDATE trail_foldedcomment SET folded = 'zzz'", "search"),
    "a copy of no comment": ("INSERT INTO trail_foldedcomment (event, folded) VALUES (1, 'zzz')", "search"),
    "a copy of no event": ("INSERT INTO trail_foldedcomment (event, folded) VALUES (999999, 'z')", "search"),
    "another name": ("UPDATE organisations_user SET name = 'Somebody else'", "account"),
    "the digest of another's name": (
        "UPDATE organisations_user SET name_digest = (SELECT min(digest) FROM trail_name)",
        "account",
    ),
    "every checkpoint deleted": ("DELETE FROM trail_checkpoint", "tree"),
    "the last checkpoint deleted": (
        "DELETE FROM trail_checkpoint WHERE size = (SELECT max(size) FROM trail_checkpoint)",
        "tree",
    ),
    "a checkpoint deleted from the middle": (
        "DELETE FROM trail_checkpoint WHERE number = 2",
        "checkpoint",
    ),
    "the same, and the others numbered anew": (
        "DELETE FROM trail_checkpoint WHERE number = 2;"
        "UPDATE trail_checkpoint SET number = 2 WHERE number = 3",
        "checkpoint",
    ),
    "the same, and no number on the others": (
        "DELETE FROM trail_checkpoint WHERE number = 2;"
        "UPDATE trail_checkpoint SET number = NULL, number_signed = '' WHERE number = 3",
        "checkpoint",
    ),
    "the same, and no numbers at all": (
        "DELETE FROM trail_checkpoint WHERE number = 2;"
        "UPDATE trail_checkpoint SET number = NULL, number_signed = ''",
        "checkpoint",
    ),
    "the first checkpoint deleted": ("DELETE FROM trail_checkpoint WHERE number = 1", "checkpoint"),
    "checkpoints of another year": (
        "UPDATE trail_checkpoint SET at = '2020-01-01 00:00:00+00:00'",
        "checkpoint",
    ),
    "another label": ("UPDATE engine_edition SET label = '1999.1'", "edition"),
    "another kind of edition": ("UPDATE engine_edition SET kind = 'x'", "edition"),
    "another name of an edition": ("UPDATE engine_edition SET name = 'x'", "edition"),
    "another subject of a scheme": ("UPDATE engine_scheme SET subject = 'x'", "scheme"),
}


FOLLOWS = {"checkpoints of another year": {"moment"}}
"""What else is found then: events that are later than the checkpoint that covers them."""


def busy(world: World) -> None:
    make_checkpoint()
    rotate(reason="test")
    file = world.dossier("screening")
    world.perform(file, "return_for_completion", comment="أعيدت لاستكمال الشواهد")
    make_checkpoint()
    world.dossier()
    make_checkpoint()


def test_each_is_named_when_it_is_changed_past_the_trail(world: World) -> None:
    busy(world)
    assert list(verify_all()) == []
    with lifted(connection):
        for what, (forgery, code) in FORGERIES.items():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    for statement in forgery.split(";"):
                        cursor.execute(statement)
                    assert cursor.rowcount, what
                found = {each.code for each in verify_all()}
                transaction.set_rollback(True)
            assert code in found, what
            assert found <= {code} | FOLLOWS.get(what, set()), what


def test_the_command_says_what_to_do_when_checkpoints_are_gone(world: World) -> None:
    busy(world)
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_checkpoint")
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_trail", stdout=output)
    assert "checkpoints sign only 0: those behind were deleted" in output.getvalue()
