"""Cases, who they concern, and what is said on them."""
