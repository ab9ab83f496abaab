"""The lock under which the trees grow."""

from __future__ import annotations

from django.db import connection

from .models import Tree


def locked_tree() -> Tree:
    """The row that says how much is covered, locked until the transaction ends."""
    Tree.objects.get_or_create(pk=1)
    rows = Tree.objects.select_for_update() if connection.features.has_select_for_update else Tree.objects
    return rows.get(pk=1)
