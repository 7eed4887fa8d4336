"""Turn docutils nodes into Typst and Typst into a tagged PDF; knows nothing of Sphinx but its nodes."""
