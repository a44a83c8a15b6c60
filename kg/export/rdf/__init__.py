"""RDF: one model of the graph as nodes of text, and a writer for each syntax."""
