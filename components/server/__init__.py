"""The server around the dashboard: how it starts, whom it lets in, and how much of whom."""
