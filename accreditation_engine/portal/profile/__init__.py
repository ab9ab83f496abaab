"""What an organisation says of itself, and until when its papers hold."""
