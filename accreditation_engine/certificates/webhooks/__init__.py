"""Telling other sites what happens: to certificates and, as far as their owners may read it, to files. Signed,
until it arrives, and never to a private address. `told` has what is said, `eyes` to whom, `posting` the way."""
