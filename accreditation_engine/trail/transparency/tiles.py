"""Trees kept as tiles of 256 hashes: growing, changing and reading them touches few rows, however large they
are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from .models import Tile

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
KEPT = 1024
"""So many tiles are kept once they were read: 8 MB."""

Address = tuple[int, int]
"""Level and index of a tile."""


class Tiles:
    """One tree. Reads tiles when they are asked for, keeps changes until `save`."""

    def __init__(self, tree: str) -> None:
        self.tree = tree
        self._rows: dict[Address, Tile | None] = {}
        self._changed: set[Address] = set()

    def perfect(self, level: int, index: int) -> bytes:
        """The root of the perfect subtree of 2**level leaves; see `merkle.Perfect`. Raises LookupError for what
        the tree does not hold."""
        above, within = divmod(level, HEIGHT)
        first = index << within
        at, offset = divmod(first, WIDTH)
        found = self.hashes(above, at)[offset * HASH : (offset + (1 << within)) * HASH]
        if len(found) != HASH << within:
            raise LookupError(f"the tile {above}/{at} of the tree of {self.tree} is incomplete")
        return joined(found)

    def hashes(self, level: int, index: int) -> bytes:
        row = self._row(level, index)
        return bytes(row.hashes) if row else b""

    def extend(self, size: int, leaves: Sequence[bytes]) -> None:
        """Put `leaves` behind the first `size`."""
        self.change({size + offset: each for offset, each in enumerate(leaves)})

    def change(self, leaves: Mapping[int, bytes]) -> None:
        """Set the leaves at these places, which stand in the tree or follow it without a gap, and every hash
        above them."""
        level, wanted = 0, dict(leaves)
        while wanted:
            by_tile: dict[int, dict[int, bytes]] = {}
            for place, each in wanted.items():
                by_tile.setdefault(place // WIDTH, {})[place % WIDTH] = each
            self._load(level, by_tile)
            full = {at: self._put(level, at, hashes) for at, hashes in by_tile.items()}
            wanted = {at: joined(hashes) for at, hashes in full.items() if len(hashes) == WIDTH * HASH}
            level += 1

    def save(self) -> None:
        changed = [row for address in sorted(self._changed) if (row := self._rows[address]) is not None]
        self._changed.clear()
        Tile.objects.bulk_create([row for row in changed if row.pk is None], batch_size=200)
        for row in (row for row in changed if row.pk is not None):
            Tile.objects.filter(pk=row.pk).update(hashes=row.hashes)
        for address in [address for address, row in self._rows.items() if row is None or row.pk is None]:
            del self._rows[address]

    def _put(self, level: int, at: int, hashes: Mapping[int, bytes]) -> bytes:
        whole = bytearray(self.hashes(level, at))
        for offset in sorted(hashes):
            if offset * HASH > len(whole):
                raise LookupError(f"the tile {level}/{at} of the tree of {self.tree} has a gap")
            whole[offset * HASH : (offset + 1) * HASH] = hashes[offset]
        row = self._rows[level, at] or Tile(tree=self.tree, level=level, number=at)
        row.hashes = bytes(whole)
        self._rows[level, at] = row
        self._changed.add((level, at))
        return bytes(whole)

    def _row(self, level: int, index: int) -> Tile | None:
        if (level, index) not in self._rows:
            self._load(level, [index])
        return self._rows[level, index]

    def _load(self, level: int, indices: Mapping[int, object] | Sequence[int]) -> None:
        self._forget()
        unread = [each for each in indices if (level, each) not in self._rows]
        found = Tile.objects.filter(tree=self.tree, level=level, number__in=unread) if unread else ()
        self._rows |= dict.fromkeys(((level, each) for each in unread), None)
        self._rows |= {(row.level, row.number): row for row in found}

    def _forget(self) -> None:
        """Memory does not grow with the tree."""
        if len(self._rows) >= KEPT:
            self._rows = {address: self._rows[address] for address in self._changed}


def joined(hashes: bytes) -> bytes:
    """The root over hashes side by side, whose number is a power of two."""
    while len(hashes) > HASH:
        pairs = range(0, len(hashes), 2 * HASH)
        hashes = b"".join([sha256(b"\x01" + hashes[at : at + 2 * HASH]).digest() for at in pairs])
    return hashes
