"""Files that forms send in pieces, so that a broken line costs a piece of them and never a file."""
