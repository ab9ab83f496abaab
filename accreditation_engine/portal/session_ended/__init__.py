"""A form that was sent when nobody was signed in any more: what was typed waits for whoever typed it."""
