"""Isolation, proven: every route, role and foreign id; every table and verb; and each guard removed in turn."""
