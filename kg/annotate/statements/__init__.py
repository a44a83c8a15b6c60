"""Statements: quotations, cues, who said what, and what it means."""
