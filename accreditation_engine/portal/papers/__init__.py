"""How far the papers of certificates are."""
