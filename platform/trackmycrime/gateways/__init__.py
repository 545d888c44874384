"""The outside world: keys, email, text messages. Each stands beside the form that the embedded mode uses."""
