"""Looking after what is there: what was loaded and changed, and sources of one study."""
