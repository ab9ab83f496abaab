"""What the trail answers. Hashes are 64 lower-case hexadecimal digits; inside notes base64, as their format is."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import ConfigDict

from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.transparency import notes
from accreditation_engine.trail.transparency.published import Consistency, EventInclusion

_A, _B, _C = "a0" * 32, "b1" * 32, "c2" * 32
_NAME = "accreditation.example/trail"
_NOTE = (
    "accreditation.example/trail\n812\noKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA=\n"
    "streams 97 sbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbE=\n\n— accreditation.example/trail bYkmwQ...\n"
)


class CheckpointAnswer(Schema):
    """A signed summary of the first `size` events. `note` is the text as it was signed (C2SP signed note and
    checkpoint); `key` is the public key that signed it."""

    size: int
    root: str
    at: datetime
    key: str
    note: str

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"size": 812, "root": _A, "at": "2026-11-26T04:00:00Z", "key": _C, "note": _NOTE}
        }
    )

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> CheckpointAnswer:
        return cls(
            size=checkpoint.size,
            root=checkpoint.root,
            at=checkpoint.at,
            key=checkpoint.key.public,
            note=checkpoint.note,
        )


class CheckpointsAnswer(Schema):
    """Checkpoints, the latest first. `before` asks for those before the last one here; null: there are none."""

    checkpoints: list[CheckpointAnswer]
    before: int | None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "checkpoints": [
                    {"size": 812, "root": _A, "at": "2026-11-26T04:00:00Z", "key": _C, "note": _NOTE}
                ],
                "before": 812,
            }
        }
    )


class KeyAnswer(Schema):
    """A key that signs checkpoints, or did until `retired_at`. `verifier_key` is the form that tools for signed
    notes take: name+id+key; `key` has the 32 bytes of the Ed25519 public key."""

    key: str
    name: str
    verifier_key: str
    made_at: datetime
    retired_at: datetime | None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "key": _C,
                "name": _NAME,
                "verifier_key": notes.verifier_key(_NAME, bytes.fromhex(_C)),
                "made_at": "2026-01-01T08:00:00Z",
                "retired_at": None,
            }
        }
    )

    @classmethod
    def of(cls, key: Key) -> KeyAnswer:
        return cls(
            key=key.public,
            name=key.name,
            verifier_key=notes.verifier_key(key.name, bytes.fromhex(key.public)),
            made_at=key.made_at,
            retired_at=key.retired_at,
        )


class InclusionAnswer(Schema):
    """That the event is under the root of the first `size` events (RFC 9162, 2.1.3). `position` is counted from 0;
    `leaf` is SHA-256 of a zero byte and the event's hash; `path` has the hashes beside the way, lowest first."""

    event: str
    leaf: str
    position: int
    size: int
    root: str
    path: list[str]

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"event": _A, "leaf": _B, "position": 2, "size": 3, "root": _C, "path": [_A]}
        }
    )

    @classmethod
    def of(cls, event: str, found: EventInclusion) -> InclusionAnswer:
        return cls(
            event=event,
            leaf=found.leaf.hex(),
            position=found.proof.position,
            size=found.proof.size,
            root=found.root.hex(),
            path=[each.hex() for each in found.proof.path],
        )


class ConsistencyAnswer(Schema):
    """That the first `second` events begin with the first `first` (RFC 9162, 2.1.4). Compare both roots with
    checkpoints that you keep."""

    first: int
    first_root: str
    second: int
    second_root: str
    path: list[str]

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"first": 2, "first_root": _A, "second": 3, "second_root": _B, "path": [_C]}
        }
    )

    @classmethod
    def of(cls, found: Consistency) -> ConsistencyAnswer:
        return cls(
            first=found.first,
            first_root=found.first_root.hex(),
            second=found.second,
            second_root=found.second_root.hex(),
            path=[each.hex() for each in found.path],
        )
