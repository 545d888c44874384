"""What the audiences share: layouts, components, static files and the frame around every page."""
