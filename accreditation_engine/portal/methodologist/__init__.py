"""The pages about a scheme: what it is, how far its reviewers agree, and what another rubric would do."""
