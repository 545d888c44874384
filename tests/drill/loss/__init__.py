"""Loss: the real service under work, killed again and again, and then counted from outside."""
