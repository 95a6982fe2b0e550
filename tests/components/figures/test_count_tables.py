"""A table of counts is a real table, and every cell of it is text."""

import pandas as pd

from components.figures.count_tables import html_table


def test_cells_are_escaped_and_numbers_grouped():
    table = html_table(pd.DataFrame({"name": ["<script>x</script>"], "findings": [1204]}), "A & B")
    assert "<script>" not in table
    assert "&lt;script&gt;x&lt;/script&gt;" in table
    assert '<td class="number">1,204</td>' in table
    assert "<caption>A &amp; B</caption>" in table


def test_headers_have_their_scope():
    table = html_table(pd.DataFrame({"name": ["a"], "findings": [1]}), "c")
    assert '<th scope="col" class="short">Name</th><th scope="col" class="number">Findings</th>' in table
    assert '<th scope="row" class="short">a</th>' in table


def test_short_texts_keep_to_a_line_and_long_ones_have_room():
    texts = {"name": ["▲ strengthened", "COM-E012"], "what": ["two words", "x" * 33], "between": ["y" * 32, ""]}
    table = html_table(pd.DataFrame(texts), "c")
    assert '<th scope="row" class="short">▲ strengthened</th><td class="long">two words</td><td>y' in table
