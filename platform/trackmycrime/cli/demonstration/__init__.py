"""A day's invented records for each demonstration force: pure data, made again the same from a seed."""
