"""What stops a build: each check reports warnings with file and line."""
