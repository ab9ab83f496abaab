"""Questions to the organisation: asked, answered, asked on and withdrawn."""
