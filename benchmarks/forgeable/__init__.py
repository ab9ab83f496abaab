"""The same small file under each of the history-keeping packages that ours is compared with, for forging."""
