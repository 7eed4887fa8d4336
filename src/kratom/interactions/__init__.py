"""What test tubes forecast of kratom with medicines, and what was measured."""
