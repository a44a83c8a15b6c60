"""Questions to the graph: SPARQL over an index on disk, checks, and where a record comes from."""
