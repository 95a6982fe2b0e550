"""How far coders agree, and the settling of where they differ."""
