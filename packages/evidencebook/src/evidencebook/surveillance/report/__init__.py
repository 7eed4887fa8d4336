"""Show how current a book is: how records became sources, to which day, what was brought, how the sources are."""
