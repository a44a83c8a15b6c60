"""What people decided: an append-only file in plain text, replayed after every build."""
