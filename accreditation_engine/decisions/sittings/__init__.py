"""Sittings of a panel: who is convened to decide on which dossiers, and what is written down of it."""
