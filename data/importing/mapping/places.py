"""Names and codes of places as regions of the codebook; a name of several places is offered, never guessed."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pycountry

from data.collection.codebook import Codebook, Entry
from data.facets import OVERSEAS
from data.importing.mapping import synonyms
from data.importing.mapping.cell_words import folded

FILE = Path(__file__).with_name("uk_places.toml")
NATIONS = MappingProxyType({"GB-WLS": "TLL", "GB-SCT": "TLM", "GB-NIR": "TLN"})
GSS = re.compile(r"[EWSNK]\d{8}", re.ASCII)
GSS_NATIONS = MappingProxyType({"W": "TLL", "S": "TLM", "N": "TLN", "E": "ENG"})
ITL = re.compile(r"(?:TL|UK)([C-N])\d{0,2}", re.ASCII)
"""ITL codes, and the NUTS codes before them, begin with their region's: UKC11 lies in TLC."""


class Found(NamedTuple):
    """Which regions a word may mean, and how that is known; `sure` where it can be nothing else."""

    codes: tuple[str, ...]
    how: str
    sure: bool = True


def region_of(word: str, codebook: Codebook) -> Found | None:
    """Return the regions of the codebook that a word may mean; None where it is no place that is known.

    Sure are our codes and names, GSS, ITL, NUTS and ISO alpha-3 codes, countries by any of their ISO names, common
    names such as "Holland", and UK places that lie in one region alone. Not sure are names of several places, ISO
    alpha-2 codes, parts of other countries, and GSS codes of England's areas, which do not tell the region.
    """
    regions = codebook.facets["region"]
    word, key = word.strip(), folded(word)
    found = _by_code(word, regions)
    if not found and (several := synonyms.ambiguous().get(key)):
        found = Found(several, "a name of several places", sure=False)
    if not found:
        found = _by_name(key, codebook) or _by_iso(word, key)
    if not found:
        return None
    codes = tuple(code for code in found.codes if code in regions)
    return found._replace(codes=codes) if codes else None


def _by_code(word: str, regions: Mapping[str, Entry]) -> Found | None:
    code = word.upper()
    if word in regions or (code in regions and regions[code].kind != OVERSEAS):
        return Found((code,), "our code")  # in small letters "and" and "can" are no countries
    if code in {"GBR", "GB"}:
        return Found(("UK",), "ISO 3166 code of the United Kingdom")
    if GSS.fullmatch(code):
        for entry in regions.values():
            if entry.gss_code == code:
                return Found((entry.code,), "its GSS code")
        if code[0] in GSS_NATIONS:
            return _in_nation(code)
    if itl := ITL.fullmatch(code):
        return Found((f"TL{itl[1]}",), "an ITL or NUTS code within it")
    return None


def _in_nation(gss_code: str) -> Found:
    """Return where an area lies; of England's only the boroughs of London have codes that tell the region."""
    if gss_code.startswith("E09"):
        return Found(("TLI",), "a GSS code of a London borough")
    sure = gss_code[0] != "E"
    how = "a GSS code of a place in that nation" if sure else "a GSS code of a place in England, which has regions"
    return Found((GSS_NATIONS[gss_code[0]],), how, sure)


def _by_name(key: str, codebook: Codebook) -> Found | None:
    names = _names(codebook.region_names)
    if key in names:
        return Found((names[key],), "our name")
    bare = key.removeprefix("the ").removesuffix(" region")
    if bare in names:
        return Found((names[bare],), "our name")
    if codes := synonyms.of_words("region").get(key):
        return Found(codes, "a common name", sure=len(codes) == 1)
    if codes := _uk_places().get(key):
        how = "a place within it" if len(codes) == 1 else "a name of several places"
        return Found(codes, how, sure=len(codes) == 1)
    return None


@cache
def _names(regions: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {folded(name): code for code, name in regions}


def _by_iso(word: str, key: str) -> Found | None:
    if len(word) == 2:
        country = pycountry.countries.get(alpha_2=word) if word.isupper() else None
        return Found((country.alpha_3,), "an ISO 3166 code of two letters", sure=False) if country else None
    if code := _iso_countries().get(key):
        return Found((code,), "a name in ISO 3166")
    if holders := _parts_of_countries().get(key):
        return Found(holders, "a part of that country", sure=False)
    return None


@cache
def _iso_countries() -> Mapping[str, str]:
    """Return every name that ISO 3166 has for a country, with its code here."""
    found = {}
    for country in pycountry.countries:
        code = "UK" if country.alpha_3 == "GBR" else country.alpha_3
        for field in ("name", "official_name", "common_name"):
            if name := getattr(country, field, ""):
                found[folded(name)] = code
                found[folded(name.partition(",")[0])] = found.get(folded(name.partition(",")[0]), code)
    return MappingProxyType(found)


@cache
def _parts_of_countries() -> Mapping[str, tuple[str, ...]]:
    """Return every state, province or region that ISO 3166-2 lists outside the UK, with its countries."""
    found: dict[str, tuple[str, ...]] = {}
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    for part in pycountry.subdivisions:
        if part.country_code != "GB":
            _put(found, part.name, codes[part.country_code])
    return MappingProxyType(found)


@cache
def _uk_places() -> Mapping[str, tuple[str, ...]]:
    """Return every UK place that is known by name, with the codes of the regions it may lie in."""
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))
    region_of_area = {f"GB-{area}": region for region, held in listed.items() for area in held["areas"].split()}
    found: dict[str, tuple[str, ...]] = {}
    for region, held in listed.items():
        for name in held["others"]:
            _put(found, name, region)
    for area in pycountry.subdivisions.get(country_code="GB"):  # type: ignore[no-untyped-call]
        if lies_in := region_of_area.get(area.code) or NATIONS.get(area.parent_code or ""):
            for name in _spellings(area.name):
                _put(found, name, lies_in)
    return MappingProxyType(found)


def _spellings(name: str) -> list[str]:
    """Return the names that ISO writes as "Bristol, City of" or "Cardiff [Caerdydd GB-CRD]"."""
    english, _, welsh = name.partition("[")
    english, welsh = english.strip(), re.sub(r" GB-[A-Z]{3}\]$|\]$", "", welsh)
    last, comma, first = english.rpartition(", ")
    spelt = [english, welsh, f"{first} {last}" if comma else ""]
    if comma and " and " not in first:
        spelt.append(last)
    return [name for name in (*spelt, english.removesuffix(" City")) if name]


def _put(found: dict[str, tuple[str, ...]], name: str, region: str) -> None:
    key = folded(name)
    found[key] = tuple(dict.fromkeys((*found.get(key, ()), region)))
