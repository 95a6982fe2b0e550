"""Reading a project of coded interviews beside parsing its XML alone; a workbook is in `planning`."""

import io
import subprocess
import sys
import time
import uuid
import zipfile
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import pandas as pd
from lxml import etree

from benchmarks import collection
from benchmarks.report import Limit, Part
from data.importing.readers.format_choice import read_any

RUNS = 3
SELECTIONS, TEXTS, CODES = 20_000, 200, 400
LARGE = 1 << 24
MOST_TIMES_LXML, MOST_MEGABYTES = 3.0, 1_000.0
PEAK = """
import re, sys
from pathlib import Path
from data.importing.readers.format_choice import read_any
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
path = Path(sys.argv[1])
file = read_any(path.name, path)
assert not [fault for fault in file.faults if not fault.warning]
print(peak())
"""
"""Run in a process of its own, as a peak of memory never falls again; the kernel's own count, which starts with it."""


def run() -> Part:
    """Read a .qdpx of many selections in turns with parsing its XML alone by lxml, and take the medians."""
    with TemporaryDirectory() as folder:
        return _measured(Path(folder) / "interviews.qdpx")


def _measured(path: Path) -> Part:
    write_project(path, SELECTIONS)
    contents = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde")
    ours, bare, in_memory = [], [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        file = read_any(path.name, contents)
        ours.append(time.perf_counter() - start)
        assert [len(table.rows) for table in file.tables] == [TEXTS, SELECTIONS]
        start = time.perf_counter()
        with zipfile.ZipFile(io.BytesIO(contents)) as archive, archive.open("project.qde") as part:
            etree.parse(part)
        bare.append(time.perf_counter() - start)
        settle()
        start = time.perf_counter()
        etree.fromstring(xml)
        in_memory.append(time.perf_counter() - start)
        settle()
    found = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    megabytes, ratio = float(found.stdout), median(ours) / median(bare)
    row = (f"{SELECTIONS:,}", f"{len(xml) / 1e6:.1f}", f"{median(ours):.2f}", f"{median(bare):.2f}", f"{ratio:.2f}",
           f"{median(ours) / median(in_memory):.2f}", f"{megabytes:.0f}")  # fmt: skip
    columns = ["selections", "XML, MB", "read, s", "lxml from the file, s", "ratio", "ratio to lxml on XML in memory",
               "peak of the process, MiB"]  # fmt: skip
    what = f"Project: at most {MOST_TIMES_LXML:.0f} times parsing its XML with lxml, both from the file"
    limits = [
        Limit(what, ratio, MOST_TIMES_LXML),
        Limit(f"Project: peak memory under {MOST_MEGABYTES:,.0f} MiB", megabytes, MOST_MEGABYTES),
    ]
    return Part(f"A REFI-QDA project of {SELECTIONS:,} selections", pd.DataFrame([row], columns=columns), limits)


def settle() -> None:
    """Let the allocator put what a tree of lxml left in order, which it does when next asked for a large piece.

    That takes a tenth of a second, and would count as ours if we were the next to ask.
    """
    bytearray(LARGE)


def write_project(path: Path, selections: int, seed: int = 1) -> None:
    """Write a .qdpx as NVivo and MAXQDA write them: texts beside the XML, nested codes, a case a source, memos."""
    random = Random(seed)
    words = [word for pattern in collection.patterns().values() for word in pattern.words]
    guid = [str(uuid.UUID(int=random.getrandbits(128), version=4)) for _ in range(CODES + TEXTS)]
    codes, texts = guid[:CODES], guid[CODES:]
    made = f'creatingUser="{guid[0]}" creationDateTime="2026-03-14T10:00:00Z"'
    changed = f'modifyingUser="{guid[0]}" modifiedDateTime="2026-03-15T10:00:00Z"'
    parts = ['<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Interviews" '
             f'origin="a benchmark"><Users><User guid="{guid[0]}" name="Ann"/></Users><CodeBook><Codes>']  # fmt: skip
    for place in range(0, CODES, 8):
        parts.append(f'<Code guid="{codes[place]}" name="Theme {place}" isCodable="true">')
        inner = enumerate(codes[place + 1 : place + 8])
        parts += [f'<Code guid="{code}" name="Code {n}" isCodable="true"/>' for n, code in inner]
        parts.append("</Code>")
    parts.append(f'</Codes></CodeBook><Variables><Variable guid="{codes[0]}" name="region" typeOfVariable="Text"/>')
    parts.append("</Variables><Cases>")
    region = f'<VariableValue><VariableRef targetGUID="{codes[0]}"/><TextValue>TLC</TextValue></VariableValue>'
    parts += [f'<Case guid="{text[:-1]}0" name="Case {n}">{region}<SourceRef targetGUID="{text}"/></Case>'
              for n, text in enumerate(texts)]  # fmt: skip
    parts.append("</Cases><Sources>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for text in texts:
            at = random.randrange(len(words) - 9_000)
            body = " ".join(words[at : at + 9_000])
            archive.writestr(f"sources/{text}.txt", body)
            parts.append(f'<TextSource guid="{text}" name="Interview" plainTextPath="internal://{text}.txt" {made}>')
            for _ in range(selections // TEXTS):
                start = body.index(" ", random.randrange(len(body) - 500)) + 1
                end = body.index(" ", start + random.randint(40, 300))
                mark = f"{random.getrandbits(128):032X}"
                braced = f"{{{mark[:8]}-{mark[8:12]}-{mark[12:16]}-{mark[16:20]}-{mark[20:]}}}"
                span = f'name="{start},{end}" startPosition="{start}" endPosition="{end}"'
                parts.append(f'<PlainTextSelection guid="{braced}" {span} {made} {changed}>')
                parts += [f'<Coding guid="{mark}" {made}><CodeRef targetGUID="{random.choice(codes)}"/></Coding>'
                          for _ in range(random.randint(1, 3))]  # fmt: skip
                parts.append("</PlainTextSelection>")
            parts.append("</TextSource>")
        archive.writestr("project.qde", "".join([*parts, "</Sources></Project>"]))
