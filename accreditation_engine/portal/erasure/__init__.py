"""Erasing by law: administrators choose what goes, say why, and confirm it on a second page."""
