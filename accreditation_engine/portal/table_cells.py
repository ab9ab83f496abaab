"""Cells and columns of parts/table.html with every key that its templates ask for: in a long table the missing
ones cost more than those that are there, as Django looks for each in three ways."""

from __future__ import annotations

from typing import Any

CELL: dict[str, Any] = {"value": "", "kind": "", "url": "", "note": "", "badge": None, "progress": None}


def cell(value: Any = "", **more: Any) -> dict[str, Any]:
    return {**CELL, "value": value, **more}


def column(title: str, kind: str = "") -> dict[str, str]:
    return {"title": title, "kind": kind}
