"""The public register for programs: what its pages say, no more."""
