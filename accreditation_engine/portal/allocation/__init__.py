"""Drawing reviewers: for one file, for many, and what reviewers take."""
