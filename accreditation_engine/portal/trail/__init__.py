"""The trail for everybody: checkpoints, keys, the place of an event, and a letter with every new checkpoint."""
