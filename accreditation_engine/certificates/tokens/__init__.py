"""Keys that lie in a token (PKCS#11) and never leave it: where they are, and signing with them
(docs/decisions/049)."""
