"""What goes and when: what is due, what is kept back, what was deleted, and requests about data."""
