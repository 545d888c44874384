"""TrackMyCrime: victims of crime follow the investigation of their own case, on their own force's site."""
