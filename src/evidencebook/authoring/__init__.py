"""What the command line adds to a book: entries and pages, judged first, written together or not at all."""
