"""Forced colours, as Windows' contrast themes set them: what is chosen and what a colour means can still be seen."""

STYLE = """
<style>
@media (forced-colors: active) {
  /* Figures and the keys to their colours keep them, on their own ground: a bar's colour is its meaning. */
  .stPlotlyChart, .stDeckGlJsonChart { forced-color-adjust: none; background: #FFFFFF; color: #1B1B1F; }
  .swatch, .part, .thumbnail { forced-color-adjust: none; }
  .swatch { border: 1px solid CanvasText !important; }
  .direction, .mark, [data-baseweb="tag"] { border: 1px solid CanvasText; }
  /* What is chosen has the system's colours of the chosen, and a line that is there without any colour. */
  .stButtonGroup button[data-testid$="Active"], .stButtonGroup button[aria-checked="true"],
  .stButtonGroup button[aria-pressed="true"], [role="tab"][aria-selected="true"],
  [role="option"][aria-selected="true"] { forced-color-adjust: none; background: SelectedItem !important;
    color: SelectedItemText !important; border: 2px solid SelectedItemText !important;
    outline: 2px solid SelectedItem; }
  .stButtonGroup button[data-testid$="Active"] *, .stButtonGroup button[aria-checked="true"] *,
  .stButtonGroup button[aria-pressed="true"] *, [role="tab"][aria-selected="true"] *,
  [role="option"][aria-selected="true"] * { color: SelectedItemText !important; }
  [aria-current="page"] { text-decoration: underline 3px; }
  label:has(input:checked) { outline: 2px solid SelectedItem; outline-offset: 1px; }
  [role="slider"] { forced-color-adjust: none; background: SelectedItem !important; border: 2px solid CanvasText; }
  .results .bar { forced-color-adjust: none; background: CanvasText; }
}
</style>
"""
