"""Changing what a certificate covers: asked for by its holder or the body, decided by a panel
(docs/decisions/048)."""
