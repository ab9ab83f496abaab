"""What other sites are told of, a file a topic: what happened, for whom it happened, and the words for it."""
