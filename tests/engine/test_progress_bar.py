"""The bar of manage.py verify_trail: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import sys
import threading

import pytest
from django.core.management import call_command

from accreditation_engine.trail.models import Event
from tests.support.world import World


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command writes to the standard error stream when that is a terminal."""
    ours, theirs = pty.openpty()
    said: list[bytes] = []

    def read() -> None:
        try:
            while part := os.read(ours, 4096):
                said.append(part)
        except OSError:  # the other end was closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(theirs, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        patch.setenv("TERM", "xterm")
        call_command("verify_trail")
    reader.join(timeout=10)
    os.close(ours)
    return b"".join(said).decode()


def test_bar_counts_all_events_when_somebody_watches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.dossier("screening")
    said = on_a_terminal(monkeypatch)
    assert "verifying" in said
    assert f"{Event.objects.count()}/{Event.objects.count()}" in said


def test_nothing_is_drawn_when_nobody_watches(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_trail")
    told = capsys.readouterr()
    assert told.err == ""
    assert "all as they were written" in told.out
