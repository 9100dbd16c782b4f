"""The room of upkeep: whether the workbench can serve, what it has to do, how large it is. It changes nothing."""
