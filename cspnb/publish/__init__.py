"""What the reviewer opens: an executed notebook as one page, and the index of all pages."""
