"""Names of people, organisations, places and other things in one parsed article."""

from kg.annotate.names.find import find_names

__all__ = ["find_names"]
