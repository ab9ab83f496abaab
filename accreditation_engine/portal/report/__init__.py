"""The report on a file: its versions, and the points that the organisation contests."""
