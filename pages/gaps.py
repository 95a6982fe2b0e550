"""Where is evidence thick, thin or missing?"""

from components import cards, gap_view, opening, shell

wanted = shell.current_filter()
opening.show(
    "gaps",
    wanted,
    lambda: gap_view.answer(wanted),
    lambda: gap_view.counted(wanted),
    ratios=True,
    tables=gap_view.download_tables(wanted),
)
gap_view.show_controls()
gap_view.show(wanted)
cards.show_beneath(wanted, "gaps")
