"""Who may be drawn to review a dossier and why, the draw itself, and drawing it again."""
