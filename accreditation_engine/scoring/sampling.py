"""Which branches or programmes of an organisation are visited: how many, and which.

Sizes are those of IAF MD 1 for N sites: the square root of N for an initial audit, 0.6 of it at surveillance and
0.8 at recertification, each rounded up. At least a quarter of the sample (rounded up) is drawn at random; the rest
may be chosen, and each choice says by whom and why. The central office is visited besides and is not among the N.

The draw can be made again by anybody, with any tool: every unit gets the SHA-256 of the UTF-8 text "seed:unit" in
small hexadecimal digits; units are put in the order of these, and those that are not chosen are taken from the
front until the sample is full. The order of the population does not matter, and a unit that is added or removed
changes nothing in the order of the others. Whoever may try seeds can steer a draw: log the seed before it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import isqrt
from typing import Any, Literal

from accreditation_engine.written import is_seen

from .unit_names import named_again, spelt_as_in, unit_key

Audit = Literal["initial", "surveillance", "recertification"]
FACTORS: Mapping[Audit, int] = {"initial": 10, "surveillance": 6, "recertification": 8}
"""In tenths of the square root."""

ENGLISH = {
    "no_such_audit": "there is no audit '{audit}'; it is one of initial, surveillance, recertification",
    "no_seed": "a draw needs a seed, so that it can be made again",
    "twice": "'{unit}' stands twice; name each unit once",
    "unknown": "'{unit}' is not among the units to choose from",
    "no_reason": "'{unit}' was chosen without saying by whom and why",
    "too_many_chosen": "{chosen} of {size} are chosen; at most {most} may be, the rest is drawn at random",
}
ARABIC = {
    "no_such_audit": "لا يوجد نوع مراجعة «{audit}»؛ الأنواع هي initial وsurveillance وrecertification",
    "no_seed": "يلزم للسحب رقم بداية حتى يمكن إعادته",
    "twice": "«{unit}» مذكور مرتين؛ تذكر كل وحدة مرة واحدة",
    "unknown": "«{unit}» ليس من الوحدات المتاحة للاختيار",
    "no_reason": "اختير «{unit}» دون بيان من اختاره وسبب الاختيار",
    "too_many_chosen": "اختير {chosen} من {size}؛ الحد الأقصى {most} والباقي يسحب عشوائيا",
}


class SamplingError(ValueError):
    """A sample that cannot be drawn. `code` is a key of ENGLISH and ARABIC, `parameters` its values."""

    def __init__(self, code: str, **parameters: object) -> None:
        self.code, self.parameters = code, {name: str(value) for name, value in parameters.items()}
        super().__init__(self.in_words("en"))

    def in_words(self, language: str) -> str:
        """One sentence, without its full stop."""
        return (ENGLISH if language.startswith("en") else ARABIC)[self.code].format(**self.parameters)


@dataclass(frozen=True)
class Choice:
    """A unit that was not left to chance: who chose it, and why."""

    unit: str
    by: str
    reason: str


@dataclass(frozen=True)
class Sample:
    """`drawn` at random in the order of the draw, and `chosen`; together as many as the audit asks for, of the
    `population`, which is kept in the order of the characters of the units' names."""

    audit: Audit
    seed: str
    population: tuple[str, ...]
    chosen: tuple[Choice, ...]
    drawn: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return (*(each.unit for each in self.chosen), *self.drawn)

    def as_json(self) -> dict[str, Any]:
        """All that is needed to draw again, for the trail."""
        plain = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Sample:
        """What `as_json` gave, read again. Nothing is drawn: see `drawn_as_said`."""
        chosen = tuple(Choice(**each) for each in stored["chosen"])
        population, drawn = tuple(stored["population"]), tuple(stored["drawn"])
        return cls(stored["audit"], stored["seed"], population, chosen, drawn)

    def drawn_as_said(self) -> bool:
        """Whether drawing again gives the same. Raises SamplingError where it cannot be drawn at all."""
        return self == _drawn(self.population, self.audit, self.seed, self.chosen)


def sample_size(sites: int, audit: Audit) -> int:
    """How many of `sites` are visited: the root of their number, times 1, 0.6 or 0.8, rounded up (IAF MD 1). Exact
    for numbers of any size. Raises SamplingError for an unknown audit, ValueError below 0."""
    if audit not in FACTORS:
        raise SamplingError("no_such_audit", audit=audit)
    if sites < 0:
        raise ValueError("a number of sites is 0 or more")
    square = -(-sites * FACTORS[audit] ** 2 // 100)  # the least n with n^2 >= (factor/10)^2 x sites
    return isqrt(square - 1) + 1 if square else 0


def least_random(size: int) -> int:
    """How many of a sample must be drawn at random: a quarter, rounded up."""
    return -(-size // 4)


def draw(population: Iterable[str], *, audit: Audit, seed: str, chosen: Sequence[Choice] = ()) -> Sample:
    """Draw a sample of `population`, names of units, of which `chosen` are in it anyway.

    A unit is the same whichever digits its name is typed in; the sample has it as the population has. Raises
    SamplingError for a unit that stands twice or is not there, a choice without a name or a reason, more choices
    than leave a quarter to chance, and an empty seed.
    """
    units = list(population)
    again = named_again(units)
    if again:
        raise SamplingError("twice", unit=again[-1])
    for each in chosen:
        if not is_seen(each.by) or not is_seen(each.reason):
            raise SamplingError("no_reason", unit=each.unit)
    spelt = spelt_as_in(units)
    taken = [replace(each, unit=spelt.get(unit_key(each.unit), each.unit)) for each in chosen]
    return _drawn(units, audit, seed, taken)


def _drawn(population: Iterable[str], audit: Audit, seed: str, chosen: Sequence[Choice]) -> Sample:
    """The draw itself, by names exactly as they stand: what was drawn under any rule of names is drawn again."""
    units = sorted(population)
    size = sample_size(len(units), audit)
    if not seed.strip():
        raise SamplingError("no_seed")
    _each_once(units)
    _check(chosen, units, size)
    taken = {each.unit for each in chosen}
    order = sorted(units, key=lambda unit: place(seed, unit))
    drawn = [unit for unit in order if unit not in taken][: size - len(taken)]
    return Sample(audit, seed, tuple(units), tuple(chosen), tuple(drawn))


def place(seed: str, unit: str) -> str:
    """What decides where `unit` stands in the order of the draw: 64 hexadecimal digits."""
    return sha256(f"{seed}:{unit}".encode()).hexdigest()


def first_of(population: Iterable[str], *, seed: str, size: int) -> tuple[str, ...]:
    """The first `size` of `population` in the order of the draw: a sample of which nothing is chosen. Raises
    SamplingError for an empty seed and a unit that stands twice."""
    units = list(population)
    if not seed.strip():
        raise SamplingError("no_seed")
    _each_once(units)
    return tuple(sorted(units, key=lambda unit: place(seed, unit))[:size])


def population_digest(population: Iterable[str]) -> str:
    """What a population is known by: the SHA-256 of the UTF-8 text of its units in the order of their characters,
    one a line, in small hexadecimal digits."""
    return sha256("".join(f"{unit}\n" for unit in sorted(population)).encode()).hexdigest()


def _check(chosen: Sequence[Choice], units: Sequence[str], size: int) -> None:
    _each_once([each.unit for each in chosen])
    known, most = set(units), size - least_random(size)
    for each in chosen:
        if each.unit not in known:
            raise SamplingError("unknown", unit=each.unit)
        if not each.by.strip() or not each.reason.strip():
            raise SamplingError("no_reason", unit=each.unit)
    if len(chosen) > most:
        raise SamplingError("too_many_chosen", chosen=len(chosen), size=size, most=most)


def _each_once(units: Sequence[str]) -> None:
    unit, times = Counter(units).most_common(1)[0] if units else ("", 0)
    if times > 1:
        raise SamplingError("twice", unit=unit)
