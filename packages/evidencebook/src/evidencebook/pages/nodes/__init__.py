"""Records as standard docutils nodes."""
