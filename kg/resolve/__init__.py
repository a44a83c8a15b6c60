"""From the chains of all articles to entities, with scores and reasons."""
