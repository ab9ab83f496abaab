"""The pages of addresses that are told: those of the body in its administration, those of an organisation among
its own pages. Both are the same pages, at different places."""
