"""Every topic, and all that an address may be told of."""

from __future__ import annotations

from .certificates import CERTIFICATES
from .files import FILES
from .findings import FINDINGS
from .topic import Topic
from .upkeep import UPKEEP

TOPICS: list[Topic] = [CERTIFICATES, FILES, FINDINGS, UPKEEP]
TYPES: list[str] = [each for topic in TOPICS for each in topic.types]


def tell_of(topic: Topic) -> None:
    """Register what another folder may tell of, behind what there is."""
    TOPICS.append(topic)
    TYPES.extend(topic.types)


def topic_of(type_: str) -> Topic:
    return next(each for each in TOPICS if type_ in each.types)
