"""The PDF: docutils nodes become Typst, and Typst becomes a tagged PDF."""
