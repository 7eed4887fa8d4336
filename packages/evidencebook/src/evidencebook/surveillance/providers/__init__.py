"""Ask each service in its own language; a module for each."""
