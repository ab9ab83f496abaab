"""Figures, why there are none, and cautions in words, Arabic or English."""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from .figures import Caution, Figure, Interval
from .reliability import RELIABLE, TENTATIVE, reason, reliability
from .resampling import LEAST_UNITS
from .sentences import CAUTIONS, NAMES, NO_INTERVAL, PHRASES, REASONS, RELIABILITY, UNDEFINED, VARIANTS
from .severity import Severity


def in_words(figure: Figure, language: str, *, places: int = 2) -> str:
    """`figure` as one sentence without its full stop, in `language` ("ar" or "en"): the value with its interval,
    or why it is undefined, and what it was made from. Numbers inside Arabic are in isolates."""
    say = _Speaker(language)
    phrases = say.phrases
    name, made_from = name_of(figure, language), say.made_from(figure)
    if figure.value is None:
        assert figure.undefined is not None  # noqa: S101 - it says why there is no value
        why = UNDEFINED[say.language][figure.undefined]
        return phrases["undefined"].format(name=name, why=why, made_from=made_from)
    value = say.number(figure.value, places) + say.interval(figure.interval, places)
    return phrases["figure"].format(name=name, value=value, made_from=made_from)


def name_of(figure: Figure, language: str) -> str:
    """What the figure is called, with its level or weights."""
    say = _Speaker(language)
    plain = NAMES[say.language].get(figure.name)
    name = plain or NAMES[say.language]["icc"].format(code=say.mark(figure.name))
    return f"{name} ({VARIANTS[say.language][figure.variant]})" if figure.variant else name


def why_undefined(figure: Figure, language: str) -> str:
    """Why there is no value, as a clause; empty where there is one."""
    return UNDEFINED[_Speaker(language).language][figure.undefined] if figure.undefined else ""


def caution_in_words(caution: Caution, language: str) -> str:
    """`caution` as one sentence without its full stop."""
    say = _Speaker(language)
    values = {name: say.mark(value) for name, value in caution.parameters.items()}
    return CAUTIONS[say.language][caution.code].format(**values)


def cautions_in_words(figure: Figure | Severity, language: str) -> list[str]:
    return [caution_in_words(each, language) for each in figure.cautions]


def allows_in_words(alpha: Figure, language: str) -> str:
    """What alpha allows, without the reason; empty where it is undefined."""
    allows = reliability(alpha)
    return RELIABILITY[_Speaker(language).language][allows] if allows else ""


def verdict_in_words(alpha: Figure, language: str) -> str:
    """What alpha allows and why, as one sentence without its full stop; empty where it is undefined."""
    say, allows, why = _Speaker(language), reliability(alpha), reason(alpha)
    if alpha.value is None or allows is None or why is None:
        return ""
    values = {
        "alpha": alpha.value,
        "low": alpha.interval.low if alpha.interval else alpha.value,
        "reliable": RELIABLE,
        "tentative": TENTATIVE,
    }
    said = {name: say.mark(_cut(value)) for name, value in values.items()}
    clause = REASONS[say.language][why].format(**said, units=say.mark(str(alpha.units)))
    return say.phrases["verdict"].format(allows=RELIABILITY[say.language][allows], why=clause)


def why_no_interval(figure: Figure, language: str) -> str:
    """Why a figure with a value has no confidence interval, as a clause; empty where it has one, or no value."""
    if figure.no_interval is None:
        return ""
    say = _Speaker(language)
    counts = {"least": say.mark(str(LEAST_UNITS)), "units": say.mark(str(figure.units))}
    return NO_INTERVAL[say.language][figure.no_interval].format(**counts)


def severity_in_words(severity: Severity, language: str, *, places: int = 2) -> str:
    """How a reviewer rates beside others, as one sentence without its full stop that names nobody."""
    say = _Speaker(language)
    points = severity.difference if severity.direction == "unclear" else abs(severity.difference)
    fact = say.phrases[severity.direction].format(points=say.number(points, places))
    counts = (severity.ratings, severity.dossiers, severity.peers)
    ratings, dossiers, peers = (say.mark(str(each)) for each in counts)
    made_from = say.phrases["compared"].format(ratings=ratings, dossiers=dossiers, peers=peers)
    interval = severity.interval
    if interval and severity.direction == "harsher":
        interval = Interval(-interval.high, -interval.low, interval.method)
    return f"{fact}{say.interval(interval, places)} {made_from}"


class _Speaker:
    def __init__(self, language: str) -> None:
        self.language = "en" if language.startswith("en") else "ar"
        self.phrases = PHRASES[self.language]
        self.mark: Callable[[str], str] = str if self.language == "en" else isolated

    def number(self, value: float, places: int) -> str:
        return self.mark(shown_number(value, places))

    def interval(self, interval: Interval | None, places: int) -> str:
        if interval is None:
            return ""
        low, high = self.number(interval.low, places), self.number(interval.high, places)
        return self.phrases["interval"].format(low=low, high=high)

    def made_from(self, figure: Figure) -> str:
        counts = (figure.values, figure.units, figure.raters)
        ratings, units, raters = (self.mark(str(each)) for each in counts)
        return self.phrases["made_from"].format(ratings=ratings, units=units, raters=raters)


def shown_number(value: float, places: int) -> str:
    """`value` with so many places, and no minus before a zero."""
    return f"{round(value, places) + 0.0:.{places}f}"


def _cut(value: float) -> str:
    """`value` cut to three places, as its bounds have, so that what is below a bound does not look like it."""
    return shown_number(floor(value * 1000 + 1e-9) / 1000, 3)


def isolated(text: str) -> str:
    """A number from left to right, a word in the direction of its own."""
    number = text.replace(".", "").replace("-", "").isascii()
    return f"\u2066{text}\u2069" if number else f"\u2068{text}\u2069"
