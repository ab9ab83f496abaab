"""What `say` says in Arabic, by its English sentence. Placeholders have the same names in both."""

from . import importing

ARABIC: dict[str, str] = {**importing.ARABIC}
