"""Questions to the graph: SPARQL through rdflib, evidence, checks."""
