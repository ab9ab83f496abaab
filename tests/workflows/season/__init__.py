"""A whole season of an accrediting body, played through the operations that pages call."""
