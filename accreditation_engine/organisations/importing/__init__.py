"""Organisations from a table, xlsx or csv: read (`sheets`), understood (`columns`, `rows`), compared with what is
known (`planning`), and taken in (`taking_in`)."""
