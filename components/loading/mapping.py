"""What their columns and words mean here: passed over where a file names its columns as ours."""

from dataclasses import dataclass

from components.loading.draft import Draft, Step, buttons, say
from data.importing import own_columns
from data.importing.additions import Addition
from data.importing.reading import Files


@dataclass(frozen=True, eq=False)
class Mapped:
    """Files in our own columns and words, and the codes that the codebook is to gain for them."""

    files: Files
    additions: tuple[Addition, ...] = ()


def show(draft: Draft) -> None:
    """Draw the step of saying what their columns and words mean."""
    if own_columns.is_ours(draft.raw):
        if draft.mapped is None:
            draft.mapped = Mapped(own_columns.of_own_columns(draft.raw))
        say("The columns are named as ours, so nothing needs to be said of them.")
        buttons(Step.CHOOSE, "Check", Step.CHECK)
