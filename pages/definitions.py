"""definitions."""

from components import cards, finding_view, opening, shell

wanted = shell.current_filter()
opening.show("definitions", wanted, lambda: finding_view.answer(wanted))
cards.show_findings(wanted, "definitions")
