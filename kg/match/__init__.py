"""From statements of many articles to links between their claims, and groups of copied articles."""
