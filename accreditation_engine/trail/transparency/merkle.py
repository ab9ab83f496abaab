"""The Merkle tree of RFC 9162, section 2.1: hashes, roots, and the two kinds of proof.

Nothing here knows where hashes are kept: `Perfect` gives the root of a perfect subtree, and everything else is
made of those. The checking of proofs is in `bundle/verify_trail.py`, which stands alone.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

Perfect = Callable[[int, int], bytes]
"""The root of the perfect subtree of 2**level leaves that is the `index`-th of its level, by (level, index)."""

EMPTY = sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(size: int, perfect: Perfect) -> bytes:
    """The head of the tree of the first `size` leaves (MTH)."""
    return _range(0, size, perfect) if size else EMPTY


def inclusion_proof(index: int, size: int, perfect: Perfect) -> list[bytes]:
    """PATH(index, D[size]): the hashes beside the way from leaf `index` up to the root, the lowest first."""
    if not 0 <= index < size:
        raise IndexError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _left(high - low)
        if index < middle:
            path.append(_range(middle, high, perfect))
            high = middle
        else:
            path.append(_range(low, middle, perfect))
            low = middle
    return path[::-1]


def consistency_proof(first: int, second: int, perfect: Perfect) -> list[bytes]:
    """PROOF(first, D[second]): that the tree of `second` leaves continues the one of `first`. Empty where either
    is empty or both are the same."""
    if not 0 <= first <= second:
        raise IndexError(f"a tree of {second} leaves does not continue one of {first}")
    path: list[bytes] = []
    low, high = 0, second
    whole = True
    while first not in (0, second) and first != high:
        middle = low + _left(high - low)
        if first <= middle:
            path.append(_range(middle, high, perfect))
            high = middle
        else:
            path.append(_range(low, middle, perfect))
            low, whole = middle, False
    if not whole:
        path.append(_range(low, high, perfect))
    return path[::-1]


def _left(count: int) -> int:
    """The largest power of two that is smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _range(low: int, high: int, perfect: Perfect) -> bytes:
    """The root of the leaves from `low` to before `high`, which `low` divides as the tree does."""
    count = high - low
    if count & (count - 1) == 0:
        return perfect(count.bit_length() - 1, low // count)
    middle = low + _left(count)
    return node_hash(_range(low, middle, perfect), _range(middle, high, perfect))
