"""What reviewers found, as a report that is amended and never replaced; and what is contested in it."""
