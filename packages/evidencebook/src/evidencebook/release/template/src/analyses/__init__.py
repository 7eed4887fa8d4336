"""The analyses of this book: pure functions, findings in, numbers or figures out."""
