"""The site for programs: JSON under /api/v1/, described at /api/v1/openapi.json.

`problems` is how a request is refused, `caching` how long answers are good for, `limits` how many anybody may ask;
each folder is one subject: its answers and its endpoints. `v1` puts them together.
"""
