"""Certificate transparency for the trail: a Merkle tree over all events, and signed checkpoints of it.

`covering` gives every event its place in the tree, once and for ever; `checkpoints` signs what the tree has come
to; `proofs` shows that an event is in it, and that a later checkpoint extends an earlier one.
"""
