"""Fuzzing the API for record systems by its own OpenAPI document, with Schemathesis in an environment of its own."""
