"""The papers of certificates: made once, signed, judged, and kept (docs/decisions/040)."""
