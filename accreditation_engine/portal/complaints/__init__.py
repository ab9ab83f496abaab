"""Concerns: raised by anybody in the register, followed with a secret, and dealt with in the file."""
