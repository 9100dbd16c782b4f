"""One command a figure; `make bench` prints them all in one table."""
