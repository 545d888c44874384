"""Facts that the service ships with; SOURCES.md says where each came from."""
