"""What a reader finds in a file and carries no further: counted by its name, and said."""

from collections import Counter
from collections.abc import Sequence

from data.faults import Fault, quoted
from data.filters.wording import number_of
from data.importing.readers.raw import RawFile

FEW = 3
"""So many are named where many are alike."""
MOST_NAMED = 60
"""Kinds that are named in one message, the most frequent first."""


def tell_uncarried(file: RawFile, counts: Counter[str], whose: str, instead: str = "") -> None:
    """Add one warning that names each kind of thing left out and how many there are of it; none for no thing.

    `whose` says whose they are, such as "its records"; `instead` what a person may do who needs them.
    """
    counted = +counts
    if not counted:
        return
    named = [f"{name} {times:,}" for name, times in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
    more = f", and {number_of(len(named) - MOST_NAMED, 'further kind')}" if len(named) > MOST_NAMED else ""
    said = f"{', '.join(named[:MOST_NAMED])}{more}"
    reason = f"parts of {whose} that fill no column here stay behind: {said}{instead}"
    file.faults.append(Fault(file.name, reason, warning=True))


def few(names: Sequence[str]) -> str:
    """Return the first few names in quotation marks, and how many more there are."""
    more = f" and {len(names) - FEW:,} more" if len(names) > FEW else ""
    return ", ".join(map(quoted, names[:FEW])) + more
