"""What matters to communities?"""

from components import cards, opening, shell, theme_view

wanted = shell.current_filter()
opening.show(
    "themes",
    wanted,
    lambda: theme_view.answer(wanted),
    lambda: theme_view.of_all_strands(wanted),
    ratios=True,
    tables=lambda: theme_view.download_tables(wanted),
)
theme_view.show_directions(wanted)
theme_view.show_together(wanted)
cards.show_beneath(wanted, "themes")
