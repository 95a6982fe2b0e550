"""What comes with the dashboard: evidence by strand, the codebook, codings, briefings, and boundaries for the maps."""

from pathlib import Path

FOLDER = Path(__file__).parent
STRANDS = FOLDER / "strands"
CAVEATS = STRANDS / "caveats.toml"
CODEBOOK = FOLDER / "codebook"
SYNONYMS = CODEBOOK / "synonyms.csv"
CODINGS = FOLDER / "codings"
BRIEFINGS = FOLDER / "briefings"
BOUNDARIES = FOLDER / "boundaries"
