"""One package for each form in which a book comes out."""
