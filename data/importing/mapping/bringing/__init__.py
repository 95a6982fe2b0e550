"""From a file's own tables, under a mapping, to our rows; see `bring` in mapped.py."""
