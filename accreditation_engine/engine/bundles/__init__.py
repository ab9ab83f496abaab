"""Bundles of dossiers: which streams and rows belong to one (`registry`), and taking them out whole (`making`,
`parts`)."""
