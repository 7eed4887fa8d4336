"""Ask public services politely, and keep of what they say only plain words."""
