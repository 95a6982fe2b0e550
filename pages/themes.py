"""What matters to communities?"""

from components import opening, shell, study_cards, theme_view

wanted = shell.current_filter()
opening.show(
    "themes",
    wanted,
    lambda: theme_view.answer(wanted),
    lambda: theme_view.of_all_strands(wanted),
    ratios=True,
    tables=lambda: theme_view.download_tables(wanted),
    numbers=lambda: theme_view.numbers(wanted),
)
theme_view.show_directions(wanted)
theme_view.show_together(wanted)
study_cards.show_beneath(wanted, "themes")
