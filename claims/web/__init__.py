"""The door for browsers: pages that parse, call a room, and respond."""
