"""The commands of `python -m data`, a file a group; each adds its own to the parser and runs them."""
