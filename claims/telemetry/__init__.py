"""What the workbench tells its operator while it runs: log lines, slow queries, figures. It never tells of people."""
