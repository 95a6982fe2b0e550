"""method."""

from components import cards, finding_view, opening, shell

wanted = shell.current_filter()
opening.show("method", wanted, lambda: finding_view.answer(wanted))
cards.show_findings(wanted, "method")
