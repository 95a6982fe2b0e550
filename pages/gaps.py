"""Where is evidence thick, thin or missing?"""

from components.briefings import opening
from components.findings import study_cards
from components.frame import shell
from components.views import gap_view

wanted = shell.current_filter()
opening.show(
    "gaps",
    wanted,
    lambda: gap_view.answer(wanted),
    lambda: gap_view.counted(wanted),
    ratios=True,
    tables=gap_view.download_tables(wanted),
    numbers=lambda: gap_view.numbers(wanted),
)
gap_view.show_controls()
gap_view.show(wanted)
study_cards.show_beneath(wanted, "gaps")
