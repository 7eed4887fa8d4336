"""What executed pages import: tables of findings, values, display, figures and statistics."""
