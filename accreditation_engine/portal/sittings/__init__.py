"""Sittings of a panel: their pages, and their minutes on paper."""
