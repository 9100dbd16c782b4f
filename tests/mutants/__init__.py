"""Small patches of the workbench, each of which breaks one thing that must hold, and the tests that have to notice.

A patch is a unified diff of `claims/` under two kinds of header lines: `# breaks: what no longer holds` once, and
`# red: tests/…` for each test file of which at least one test has to fail. `make mutants` tries them all.
"""
