"""A copy of everything that an organisation has in its file, to take away: what its pages show, and its files."""
