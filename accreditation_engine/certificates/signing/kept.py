"""A signature that is kept, so that a paper is made again without its key: one that lies in a token would sign
otherwise the next time."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509

from .identity import SignsPapers


@dataclass
class Heard:
    """Signs as `who` does, and knows what was signed last."""

    who: SignsPapers
    signature: bytes = b""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return self.who.chain

    def sign(self, data: bytes) -> bytes:
        self.signature = self.who.sign(data)
        return self.signature


@dataclass(frozen=True)
class Kept:
    """Signs with what was signed before, whatever it is given: whoever asks compares what comes out."""

    signature: bytes
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        return self.signature
