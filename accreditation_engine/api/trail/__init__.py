"""The trail for programs: checkpoints, keys, proofs and tiles. Nothing but hashes."""
