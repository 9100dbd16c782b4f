"""The room where all that is stored goes out as one file, comes back, moves house, and is compared."""
