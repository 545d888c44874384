"""The queue and the clock: thin jobs that call the domain, as the web does."""
