"""Show readers how current a book is: how records became sources, to which day, and what was brought."""
