"""How tightly kratom's alkaloids bind, and what a level in blood could occupy."""
