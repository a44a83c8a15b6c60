"""From one article to its annotation: mentions, chains, statements, relations. The only home of spaCy."""
