"""What knows nothing of policing: errors, time, words, actors, sealing."""
