"""From one article to its annotation; the only home of spaCy."""
