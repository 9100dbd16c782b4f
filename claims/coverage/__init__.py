"""The room where articles are compared: stories, what is published of them, corrections."""
