"""What happened, for one reader: what their letters told them, and what is new since they last looked."""
