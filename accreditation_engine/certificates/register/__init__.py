"""The public register: what a stranger looks certificates up by (docs/decisions/042)."""
