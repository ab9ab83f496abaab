"""What was signed last, kept beside the key as well: a floor under the tree.

Whoever can write to the database could empty tree and checkpoints, and the site would sign another history from
the first event on. So each key has a file beside its own, with the size and root that it signed last. Less than
that is not signed, and nothing else of that size. Machines share the folder or have one each: files only rise.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from .covering import TrailBroken
from .merkle import root
from .models import Key, Tile, Tree
from .tiles import Tiles

ENDING = ".signed"


class Floor(NamedTuple):
    """The first `size` events had this `root`, in hexadecimal."""

    path: Path
    size: int
    root: str


def floors() -> Iterator[Floor]:
    """What each key signed last, as far as this machine knows. Raises TrailBroken for a file that holds none."""
    for path in sorted(Path(settings.KEYS_DIR).glob(f"trail-*{ENDING}")):
        try:
            said = json.loads(path.read_bytes())
            yield Floor(path, int(said["size"]), str(said["root"]))
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise TrailBroken(
                _("%(path)s does not say what was signed last; put it back from the backup of the keys")
                % {"path": path}
            ) from error


def sunk() -> tuple[list[Floor], int]:
    """The floors that the tree does not reach, or does not stand on; and how many events it holds. Floors are read
    first: a checkpoint is committed before its floor is raised."""
    kept = list(floors())
    size = Tree.objects.values_list("size", flat=True).first() or 0 if kept else 0
    return [floor for floor in kept if size < floor.size or _root(floor.size) != floor.root], size


def check_floor() -> None:
    """Raises TrailBroken when less, or something else, would be signed than was."""
    broken, size = sunk()
    for floor in broken:
        raise TrailBroken(
            _(
                "%(signed)d events were signed (%(path)s says so), and the tree of the database holds"
                " %(size)d, or others: rows were deleted or changed, or an older backup was restored. Nothing is"
                " signed. Restore the newest backup. Where what is missing is lost for good, an administrator"
                " says so with manage.py checkpoint --accept-loss --by EMAIL --reason WHY"
            )
            % {"signed": floor.size, "path": floor.path, "size": size}
        )


def raise_floor(key: Key, size: int, head: str) -> None:
    """Keep what `key` has signed, once that is committed; never less than another machine has kept."""
    path = _path(key)
    if any(floor.path == path and floor.size >= size for floor in floors()):
        return
    _replace(path, size, head)


def lower_floors() -> None:
    """Take back every floor that the tree does not stand on: somebody answers for it."""
    for floor in sunk()[0]:
        floor.path.unlink(missing_ok=True)


def _path(key: Key) -> Path:
    return Path(settings.KEYS_DIR) / f"trail-{key.public[:16]}{ENDING}"


def _root(size: int) -> str:
    try:
        return root(size, Tiles(Tile.EVENTS).perfect).hex()
    except LookupError:
        return ""


def _replace(path: Path, size: int, head: str) -> None:
    """All of it or nothing: whoever reads meanwhile reads what was there before."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".signed-", delete=False) as file:
        json.dump({"size": size, "root": head}, file)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
