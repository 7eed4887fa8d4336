"""What a book says of itself to citation managers, search engines and archives."""
