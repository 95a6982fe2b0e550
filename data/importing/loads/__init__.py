"""A load from its plan to its record, and back: compared, carried out, undone."""
