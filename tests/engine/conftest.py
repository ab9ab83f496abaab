"""Fixtures of the tests of the engine."""

from tests.engine.rules import rules  # noqa: F401
