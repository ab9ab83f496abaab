"""Letters to people, put into words and into mails when the worker sends them."""
