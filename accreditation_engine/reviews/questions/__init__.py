"""Questions to the organisation: answered in words and with files, while the dossier stays where it is."""
