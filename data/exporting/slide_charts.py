"""Charts and grids as PowerPoint holds them itself: charts and tables that can be edited, each described."""

import io
import math
from collections.abc import Sequence
from typing import Any

from lxml import etree
from openpyxl import Workbook
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from data import palette
from data.exporting.cells import UNWRITABLE, escaped
from data.exporting.fitting import LINE, lines, width
from data.exporting.slide_parts import Cell, Chart, Grid, Series

FONT = "Arial"
LABELS, LABELS_OF_ONE = 0.34, 0.3
"""Share of the width that the names of rows have, beside two panels and beside one."""
TICKS = 5
HEAD, FOOT, LEGEND = 26, 22, 24
"""Points above the bars for a title, beneath them for the numbers of the axis, and for the legend."""
PADDING = 3
NAMES = 0.22
"""Share of the width of a grid that the names of its rows have."""
CELL_SIZES = (16, 14, 13, 12, 11, 10, 9, 8)
LONGEST_DESCRIPTION = 2_000

Box = tuple[float, float, float, float]
"""Left, top, width and height of what is drawn, in points."""


def colour(written: str) -> RGBColor:
    """Return #RRGGBB as PowerPoint has it."""
    colour: RGBColor = RGBColor.from_string(palette.digits(written))  # type: ignore[no-untyped-call]
    return colour


def clean(text: str) -> str:
    """Return text without the signs that a file cannot hold, each replaced by one that says so."""
    return UNWRITABLE.sub("\ufffd", text)


def describe(shape: Any, words: str) -> None:
    """Give a shape the words that are read out in its place."""
    drawn = shape._element.xpath(".//p:cNvPr")[0]
    drawn.set("descr", clean(words)[:LONGEST_DESCRIPTION])


def draw_charts(slide: Any, charts: Sequence[Chart], box: Box) -> None:
    """Draw the panels of a figure beside one another, all on one scale: names of rows stand at the first."""
    left, top, room, height = box
    most = max(chart.most for chart in charts)
    names = room * (LABELS if len(charts) > 1 else LABELS_OF_ONE) * (not charts[0].upright)
    gap = 26.0
    plot = (room - names - gap * len(charts)) / len(charts)
    for place, chart in enumerate(charts):
        wide = plot + gap + (0 if place else names)
        _chart(slide, chart, (left, top, wide, height), plot, most, first=place == 0)
        left += wide


def _chart(slide: Any, chart: Chart, box: Box, plot: float, most: float, first: bool) -> None:
    left, top, room, height = box
    stacked = len(chart.series) > 1
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [clean(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(clean(series.name), series.values)  # type: ignore[no-untyped-call]
    kinds = {
        (True, True): XL_CHART_TYPE.COLUMN_STACKED, (True, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
        (False, True): XL_CHART_TYPE.BAR_STACKED, (False, False): XL_CHART_TYPE.BAR_CLUSTERED,
    }  # fmt: skip
    frame = slide.shapes.add_chart(kinds[chart.upright, stacked], *map(Pt, (left, top, room, height)), data)
    describe(frame, chart.in_words())
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_numbers(chart))
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(12), FONT, colour(palette.TEXT)
    drawn.has_title = bool(chart.title)
    if chart.title:
        drawn.chart_title.include_in_layout = False
        drawn.chart_title.text_frame.text = clean(chart.title)
        written = drawn.chart_title.text_frame.paragraphs[0].font
        written.size, written.bold, written.name, written.color.rgb = Pt(14), True, FONT, colour(palette.TEXT)
    drawn.has_legend = stacked and first
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(drawn, chart, most, first)
    _labels(drawn.plots[0], chart, plot, most)
    above = HEAD if chart.title else 6
    beneath = (FOOT if stacked or chart.upright else 6) + LEGEND * stacked
    begins = (room - plot - 18) / room
    area = drawn._chartSpace.chart.plotArea
    _place(area, 0, layoutTarget="inner", x=begins, y=above / height, w=plot / room,
           h=(height - above - beneath) / height)  # fmt: skip
    if chart.title:
        _place(drawn._chartSpace.chart.find(qn("c:title")), 1, x=begins, y=2 / height)


def _axes(drawn: Any, chart: Chart, most: float, first: bool) -> None:
    names, counts = drawn.category_axis, drawn.value_axis
    names.reverse_order = not chart.upright  # the first at the top, as on the screen
    names.format.line.color.rgb, names.has_major_gridlines = colour(palette.TEXT), False
    if not first:
        names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    step = _step(most)
    counts.minimum_scale, counts.major_unit = 0, step
    counts.maximum_scale = math.ceil(max(most, 1) * (1 if len(chart.series) > 1 else 1.1) / step) * step
    counts.format.line.fill.background()
    counts.has_major_gridlines = len(chart.series) > 1
    counts.visible = counts.has_major_gridlines
    if counts.has_major_gridlines:
        if not chart.upright:
            counts.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # beneath the bars, as the first row is on top
        counts.major_gridlines.format.line.color.rgb = colour(palette.GRID)
        counts.tick_labels.number_format, counts.tick_labels.number_format_is_linked = "#,##0", False


def _step(most: float) -> int:
    """Return the distance of two marks of an axis: 1, 2 or 5 times a power of ten, about TICKS of them."""
    rough = max(most, 1) / TICKS
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    return int(next((factor * power for factor in (1, 2, 5) if factor * power >= rough), 10 * power))


def _labels(plot: Any, chart: Chart, room: float, most: float) -> None:
    stacked = len(chart.series) > 1
    plot.gap_width, plot.overlap = (45 if len(chart.categories) > 2 else 120), (100 if stacked else 0)
    for drawn, series in zip(plot.series, chart.series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = colour(series.colour)
        drawn.invert_if_negative = False
        labels = drawn.data_labels
        labels.show_value = len(chart.categories) <= 30
        labels.number_format_is_linked = False
        labels.number_format = f'[<{_narrowest(series, room, most)}]"";#,##0' if stacked else "#,##0"
        labels.font.size, labels.font.name = Pt(12), FONT
        labels.font.color.rgb = colour(series.ink if stacked else palette.TEXT)
        labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END


def _narrowest(series: Series, room: float, most: float) -> int:
    """Return the least number whose label fits the bar that it stands on."""
    for number in sorted({int(value) for value in series.values if value}):
        if number / max(most, 1) * room >= width(f"{number:,}", 12) + PADDING:
            return number
    return int(max(series.values, default=0)) + 1


def _place(part: Any, at: int, **said: object) -> None:
    """Say where a part of a chart stands in it, so that panels are as long and begin at one height.

    `at` is where among the part's own elements the format has its place.
    """
    for old in part.findall(qn("c:layout")):
        part.remove(old)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    target = {"layoutTarget": said.pop("layoutTarget")} if "layoutTarget" in said else {}
    for name, value in {**target, "xMode": "edge", "yMode": "edge", **said}.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", value if isinstance(value, str) else f"{value:.4f}")
    part.insert(at, layout)


def _numbers(chart: Chart) -> bytes:
    """Return the workbook that a chart is edited in, its names as text: python-pptx would make =1+1 a formula."""
    file = Workbook()
    sheet = file.active
    sheet.title = "Sheet1"  # as the chart's own references have it
    values = [series.values for series in chart.series]
    held = [("", *(series.name for series in chart.series)), *zip(chart.categories, *values, strict=True)]
    for down, row in enumerate(held, start=1):
        for across, value in enumerate(row, start=1):
            cell = sheet.cell(down, across)
            if isinstance(value, str):
                cell.value, cell.data_type = escaped(clean(value)) or None, "s"
            else:
                cell.value = value
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def draw_grid(slide: Any, grid: Grid, box: Box) -> None:
    """Draw a grid as a table, at the largest type at which all of it fits."""
    left, top, room, height = box
    (head, size), heights, widths = _sized(grid, room, height)
    rows, columns = len(grid.rows) + 1, len(grid.columns) + 1
    frame = slide.shapes.add_table(rows, columns, *map(Pt, (left, top, room, sum(heights))))
    describe(frame, grid.in_words())
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(Pt(wide))
    for row, high in zip(table.rows, heights, strict=True):
        row.height = Emu(Pt(high))
    for at, name in enumerate(("", *grid.columns)):
        _cell(table.cell(0, at), Cell(name, palette.GROUND, palette.TEXT), head, bold=True, middle=at > 0)
    for down, (name, cells) in enumerate(grid.rows, start=1):
        _cell(table.cell(down, 0), Cell(name, palette.GROUND, palette.TEXT), size)
        for across, held in enumerate(cells, start=1):
            _cell(table.cell(down, across), held, size, middle=True)


def _sized(grid: Grid, room: float, height: float) -> tuple[tuple[int, int], list[float], list[float]]:
    """Return the sizes of the headings and of all else, the heights of the rows, the widths of the columns, in points.

    A heading is set so small that its longest word stands on one line.
    """
    names = room * NAMES
    wide = (room - names) / max(len(grid.columns), 1)
    words = [word for name in grid.columns for word in name.split()]
    inside = wide - 2 * PADDING
    fits = [size for size in CELL_SIZES[2:] if all(width(word, size, True) <= inside for word in words)]
    head = fits[0] if fits else CELL_SIZES[-1]
    top = max(lines(name, head, inside, bold=True) for name in grid.columns) * head * LINE + 2 * PADDING
    for size in CELL_SIZES:
        needed = [lines(name, size, names - 2 * PADDING) * size * LINE + 2 * PADDING for name, _ in grid.rows]
        across = max(width(cell.text, size) for _, cells in grid.rows for cell in cells)
        if top + sum(needed) <= height and across <= inside:
            break
    spare = max(height - top - sum(needed), 0) / len(needed)
    return (head, size), [top, *(high + min(spare, 18) for high in needed)], [names, *([wide] * len(grid.columns))]


def _cell(cell: Any, held: Cell, size: int, bold: bool = False, middle: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(held.colour)
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(PADDING - 1)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.text = clean(held.text)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER if middle else PP_ALIGN.LEFT
        font = paragraph.font
        font.size, font.bold, font.name, font.color.rgb = Pt(size), bold, FONT, colour(held.ink)
