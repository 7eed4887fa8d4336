"""The science: pure functions from findings to numbers, tables and figures."""
