"""Tables and SQL: the same words and the same order as the domain, frozen Structs out, never rows."""
