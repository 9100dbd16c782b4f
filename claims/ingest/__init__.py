"""The room where texts come in: bytes are stored as they came, decoded once, and read into zones and claims."""
