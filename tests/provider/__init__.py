"""Identity providers as forces have them: the certified oidc-provider, run for as long as the tests need it."""
