"""Tokens with which somebody's programs ask the API (docs/decisions/045)."""
