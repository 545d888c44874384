"""What a force decides about its own part of the service: its configuration, its brand, its features."""
