"""How the tables became what they are, one revision a file; run by scope.log.schema."""
