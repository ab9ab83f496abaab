"""Concerns that anybody may raise about a certified organisation, and what becomes of them."""
