"""Files, what is in them for whoever asks, and steps taken with them: for programs with a token."""
