"""What goes out: archives, covers, releases and editions; and whether the sources are still there."""
