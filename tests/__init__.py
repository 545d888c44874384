"""The tests: through the interfaces we promise, on the real database, with the cast."""
