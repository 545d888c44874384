"""What the service knows and decides: one module for each concept, in an order that never turns back."""
