"""Servers on this machine: the SPARQL 1.1 protocol over a graph."""
