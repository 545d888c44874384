"""The bench: what a request, an event and a notification cost; `make bench` prints it as a table.

`python -m tests.bench.size` is not part of it: it builds millions of entries in hundreds of forces, and prints what size costs.
"""
