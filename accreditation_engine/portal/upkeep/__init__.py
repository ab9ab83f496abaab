"""What keeps a certificate alive, in its file: asked for, filed, looked at."""
