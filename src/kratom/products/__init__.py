"""What laboratories found in kratom products."""
