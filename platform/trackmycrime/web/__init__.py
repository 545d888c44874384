"""HTTP, one package for each audience; a page's route, form, view and template live together."""
