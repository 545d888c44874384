"""Who may sign in, and what keeps guessing slow: sessions, staff, failures, record systems, operators."""
