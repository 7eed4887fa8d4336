"""Keep a book current: ask what is new, decide on it, check what is cited; only commands ask, a build never does."""
