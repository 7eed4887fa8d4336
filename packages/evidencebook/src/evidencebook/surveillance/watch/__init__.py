"""Find what is new: put queries to services, know again what is known, and queue the rest."""
