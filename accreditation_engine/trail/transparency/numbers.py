"""Checkpoints are numbered, and the number is signed beside the note: one that is missing leaves a gap that nobody
closes without the key (docs/decisions/015).

The note itself has no number. Others read notes, and a number would tell them nothing that sizes and roots do not;
here it tells how many rows there must be.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .models import Checkpoint, Key

FIRST_LINE = "accreditation engine: number of a checkpoint"
"""No note begins with it, so that no signature stands for the other."""
NUMBERS = {"checkpoints": "numbered"}
"""What the event of a key says that numbers all it signs, so that nobody takes the numbers away altogether."""


def next_number(last: Checkpoint | None) -> int:
    """That of the checkpoint after `last`. One of before has none, and is counted with all the others."""
    if last is None:
        return 1
    return (last.number or Checkpoint.objects.count()) + 1


def number_signed(number: int, origin: str, size: int, root: str, private: Ed25519PrivateKey) -> str:
    """The signature of `private`, in base64, that the checkpoint of `size` events has this number."""
    return b64encode(private.sign(_said(number, origin, size, root))).decode()


def gaps(
    checkpoints: Iterable[tuple[Checkpoint, Key]], numbering: Collection[Key]
) -> Iterator[tuple[Checkpoint, str]]:
    """From all `checkpoints` in order, each whose number does not fit those before, and what is wrong with it. A
    gap is told once, where it ends. `numbering` are the keys that were made to number all that they sign."""
    expected, begun = 1, False
    for each, key in checkpoints:
        if each.number is None:
            if begun or key in numbering:
                yield each, "has no number, as its key gives one to each"
        elif not _fits(each, key):
            yield each, f"bears the number {each.number}, which its key has not signed"
        else:
            if each.number > expected:
                yield each, f"is number {each.number}, and {each.number - expected} before it were deleted"
            elif each.number < expected:
                yield each, f"is number {each.number}, and there are too many before it"
            expected, begun = each.number, True
        expected += 1


def _fits(checkpoint: Checkpoint, key: Key) -> bool:
    said = _said(checkpoint.number or 0, key.name, checkpoint.size, checkpoint.root)
    try:
        signature = b64decode(checkpoint.number_signed, validate=True)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)).verify(signature, said)
    except (ValueError, InvalidSignature):
        return False
    return True


def _said(number: int, origin: str, size: int, root: str) -> bytes:
    return f"{FIRST_LINE}\n{origin}\n{number}\n{size}\n{root}\n".encode()
