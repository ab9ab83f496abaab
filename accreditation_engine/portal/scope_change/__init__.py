"""A change of what a certificate covers, in its file: asked for, passed on, decided."""
