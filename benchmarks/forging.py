"""Forges, and looks who notices: run by benchmarks.tampering in a process of its own.

python -m benchmarks.forging RESULT.json
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import django

YES, BY_HAND, NO, NOTHING = "notices", "by hand", "no", "-"


def main(result: Path) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # the files to forge have no migrations
    call_command("pgtrigger", "install")
    result.write_text(json.dumps(forge_all(), ensure_ascii=False))


def forge_all() -> dict[str, Any]:
    from tests.support.world import new_world

    world = new_world()
    return {"ours": ours(world), "rivals": rivals(world)}


def ours(world: Any) -> dict[str, Any]:
    """What the verifier finds in a bundle made after each forgery; and what it finds when the forger had the
    key."""
    from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
    from tests.support.forgeries import EDITS, FORGERIES, ON_THE_SITE, forged, rewrite_everything, site

    forgeable, found = site(world), {}
    for _ in range(2):  # so that one stands in the middle
        world.dossier()
        make_checkpoint()
    for name, forgery in FORGERIES.items():
        with forged(forgery, forgeable):
            found[name] = _checked(forgeable)
    for name, edit in EDITS.items():
        found[name] = _checked(forgeable, edit=edit)
    kept = _kept_checkpoint()
    with forged(rewrite_everything, forgeable):
        worst = {"alone": _checked(forgeable), "with_kept": _checked(forgeable, kept)}
    on_the_site = {}
    for name, forgery in ON_THE_SITE.items():
        with forged(forgery, forgeable):
            on_the_site[name] = _verified()
    untouched = [*_checked(forgeable), *_verified()]
    return {"untouched": untouched, "forgeries": found, "on_the_site": on_the_site, "worst": worst}


def _kept_checkpoint() -> str:
    from accreditation_engine.trail.transparency.checkpoints import make_checkpoint

    return make_checkpoint().note


def _verified() -> list[str]:
    """The codes that the site's own verification of everything finds."""
    from accreditation_engine.engine.verification import verify_all

    return sorted({each.code for each in verify_all()})


def _checked(forgeable: Any, kept: str = "", edit: Any = None) -> list[str]:
    """The codes of what is wrong, the most frequent first. The bundle, which `edit` may change on its way, is all
    there is, and the interpreter has no package at hand."""
    import subprocess

    from accreditation_engine.engine.bundles.making import make_bundle
    from accreditation_engine.trail.bundle import verify_trail
    from tests.support.bundles import edited, files_in, write_files

    with tempfile.TemporaryDirectory() as folder:
        bundle, checkpoint = Path(folder) / "bundle.zip", Path(folder) / "kept.txt"
        with bundle.open("wb") as file:
            make_bundle(forgeable.dossiers, file, with_evidence=True, without_checkpoint=True)
        if edit:
            write_files(bundle, edited(files_in(bundle), edit))
        command = [sys.executable, "-I", "-S", str(verify_trail.__file__), str(bundle), "--json"]
        if kept:
            checkpoint.write_text(kept)
            command += ["--checkpoint", str(checkpoint)]
        said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return [code for code, _ in Counter(each["code"] for each in said["problems"]).most_common()]


def rivals(world: Any) -> dict[str, Any]:
    from benchmarks.forgeable.rivals import RIVALS, contradictions, moved
    from benchmarks.forgeable.ways import WAYS, Scene

    people = [world.person("reviewer", 0), world.person("reviewer", 1)]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rival in RIVALS:
            stored = Path(folder) / rival.name
            stored.write_bytes(b"evidence")
            scene = Scene(rival, moved(rival, people), moved(rival, people), world.stranger, stored)
            assert contradictions(rival, scene.file) == [], rival.name
            found[rival.name] = {name: _noticed(scene, way) for name, way in WAYS.items()}
    return found


def _noticed(scene: Any, way: Any) -> dict[str, Any]:
    """In a transaction that is taken back. With the triggers off nothing is logged and nothing refused; they are
    on again when the product is asked."""
    from django.db import connection, transaction

    from benchmarks.forgeable.rivals import contradictions

    before, content = scene.rival.shipped_checks(), scene.stored.read_bytes()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            way(scene)
            cursor.execute("SET LOCAL session_replication_role = origin")
        shipped = scene.rival.shipped_checks()
        by_hand = contradictions(scene.rival, scene.file)
        transaction.set_rollback(True)
    scene.stored.write_bytes(content)
    verdict = YES if shipped != before else BY_HAND if by_hand else NO
    return {"verdict": verdict, "shipped": shipped if shipped != before else "", "by_hand": by_hand}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
