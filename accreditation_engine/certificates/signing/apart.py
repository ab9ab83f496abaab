"""In a thread of its own: pyHanko runs an event loop, and a thread has no more than one. What is said there is
said in the language of whoever asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """What `work` gives, whether or not the caller stands in an event loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(copy_context().run, work).result()
