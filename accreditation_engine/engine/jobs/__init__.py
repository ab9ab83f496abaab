"""What happens beside the pages: work that is due every so often, and tasks that wait in the database.

`periodic` says what is due and runs it, once at a time wherever workers are; `kept` is what this folder has due;
`worker` is the process that does all of it, and `status` tells how it goes.
"""
