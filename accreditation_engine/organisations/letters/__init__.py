"""What is written to people: letters wait in a table until the worker gathers them into mails."""
