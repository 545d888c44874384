"""Where a victim finds help: national and local services."""
