"""The collection without its screen: reading, filtering, counting and writing coded evidence."""
