"""Files that people send, looked at before anything is kept of them."""
