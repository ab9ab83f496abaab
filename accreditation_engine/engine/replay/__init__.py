"""What stood at any moment, told from events alone.

`said` is an event as a replay reads it, `picture` what it paints, `folding` how each event changes the picture
(each folder registers its own), `comparing` how the tables of today are held against it.
"""
