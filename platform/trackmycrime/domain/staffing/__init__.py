"""A force looks after its own people: who has access, as what, who decides it, and what happens when they go."""
