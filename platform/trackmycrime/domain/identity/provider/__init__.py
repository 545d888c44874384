"""A force's own identity provider: how it is set up and tried, how its people come in by it, and how they are signed out."""
