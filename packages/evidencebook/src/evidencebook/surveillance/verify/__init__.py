"""Check what is cited: compare it with what registries and hosts say, and keep what came of it."""
