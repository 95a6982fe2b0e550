"""Codings side by side: what a coder, a codebook or a reason says stays text."""

import pandas as pd
import pytest

from components.agreement import coding_sides
from data.coders.coding_differences import Reason
from data.coders.rounds import AGREED, CodedFinding, Round

HOSTILE = "<img src=x onerror=alert(1)>"
AS_TEXT = "&lt;img src=x onerror=alert(1)&gt;"


class Difference:
    """A finding that two coders coded unlike, with the reason that is recorded."""

    finding = "F1"
    reasons = (Reason("theme", "T1", HOSTILE, HOSTILE, ""),)


class Words:
    """A codebook whose names are no harmless words."""

    def name(self, facet: str, code: str) -> str:
        """Return the name of a code."""
        return f"{HOSTILE} {facet} {code}"


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """Return what is drawn of a finding that Ann and Ben have coded."""
    ann, ben = CodedFinding("mixed", frozenset({"T1"}), coder=HOSTILE), CodedFinding("impeded", frozenset({"T2"}))
    covers = ("direction", "theme")
    rounds = [
        Round("ann", HOSTILE, covers, {"F1": ann}),
        Round("ben", "Ben", covers, {"F1": ben}),
        Round("cas", "Cas", covers, {}),
        Round(AGREED, "Agreed", covers, {"F1": ben}),
    ]
    row = {"finding": HOSTILE, "title": HOSTILE, "organisation": "", "authors": HOSTILE}
    html: list[str] = []
    monkeypatch.setattr(coding_sides.store, "findings", lambda wanted: pd.DataFrame([row]))
    monkeypatch.setattr(coding_sides.store, "codings", lambda wanted: {AGREED: rounds[-1]})
    monkeypatch.setattr(coding_sides.store, "codebook", Words)
    monkeypatch.setattr(coding_sides.st, "html", html.append)
    coding_sides.show(None, rounds, Difference())
    return html


def test_each_coder_s_codes_stand_beside_the_others_and_nothing_in_them_is_markup(drawn):
    assert drawn == [
        f'<div class="card"><p class="said">{AS_TEXT}</p><p class="small">{AS_TEXT}, {AS_TEXT} · F1</p></div>',
        '<div class="codings">'
        f'<section><h3>{AS_TEXT}</h3><p class="small">{AS_TEXT}</p>'
        "<h4>Direction</h4><p>◄► mixed <strong>(differs)</strong></p>"
        f"<h4>Themes</h4><ul><li>{AS_TEXT} theme T1 <strong>(only here)</strong></li>"
        f"<li><strong>not given here:</strong> {AS_TEXT} theme T2</li></ul></section>"
        '<section><h3>Ben</h3><p class="small">coder not stated</p>'
        "<h4>Direction</h4><p>▼ impeded <strong>(differs)</strong></p>"
        f"<h4>Themes</h4><ul><li>{AS_TEXT} theme T2</li>"
        f"<li><strong>not given here:</strong> {AS_TEXT} theme T1</li></ul></section>"
        '<section><h3>Cas</h3><p class="small">Did not code this finding.</p></section>'
        '<section class="agreed"><h3>Agreed now</h3>'
        f'<p class="small">Settled by {AS_TEXT} on a day not stated: <strong>{AS_TEXT}</strong></p>'
        f"<h4>Direction</h4><p>▼ impeded</p><h4>Themes</h4><ul><li>{AS_TEXT} theme T2</li></ul>"
        '<h4>Policy levers</h4><p class="small">none</p></section></div>',
    ]
