"""Whether what a stranger holds in their hand is a certificate of this body, and what it is worth today."""
