"""Commands that make the data files beside the code of the text floor."""
