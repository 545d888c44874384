"""Who is signed in, and how they prove it: passwords, sessions, throttles, staff, record systems, operators."""
