"""The API for the people who write programs: what it is, how to begin, and every address, from its description."""
