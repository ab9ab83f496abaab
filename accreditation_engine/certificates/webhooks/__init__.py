"""Telling other sites what becomes of certificates: signed, until it arrives, and never to a private address."""
