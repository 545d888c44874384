"""What a force keeps and for how long, what must not go, the proof of what went, and requests about somebody's data."""
