"""The room where claims leave the workbench: as rows, in files that others can read."""
