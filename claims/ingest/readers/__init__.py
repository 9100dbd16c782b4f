"""One reader for each format: from the bytes of a file to the documents in it."""
