"""Long work by name: what a worker, a page or a command does of a job, a step at a time."""
