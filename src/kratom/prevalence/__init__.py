"""How many people use kratom."""
