"""From the graph to files: one small module a format."""
