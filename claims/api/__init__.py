"""The door of programs: the REST API, `/api/v1/`."""
