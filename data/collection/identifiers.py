"""What names a publication everywhere: its DOI, however it is written, and its address."""

import re
from urllib.parse import parse_qsl, urlsplit

from data.collection.tracking import is_tracking

DOI = re.compile(r"10\.\d{4,9}/\S+")
LEADING_UP_TO_IT = re.compile(r"^(https?://)?((dx|www)\.)?(doi\.org/|doi:)\s*", re.IGNORECASE)
RESOLVER = re.compile(r"^https?://(dx\.|www\.)?doi\.org/(?P<doi>\S+)$", re.IGNORECASE)


def bare(doi: str) -> str:
    """Return a DOI without the web address or the "doi:" that it may be given as; its case stays."""
    return LEADING_UP_TO_IT.sub("", doi.strip())


def same_as(doi: str, url: str) -> bool:
    """Tell whether an address is that of this DOI at doi.org; DOIs are compared without regard to case."""
    found = RESOLVER.match(url.strip())
    return bool(found and doi and found["doi"].casefold() == bare(doi).casefold())


def doi_in(*texts: str) -> str:
    """Return the first DOI that stands in any of these texts, in lower case; nothing where none does."""
    found = DOI.search(" ".join(texts).casefold())
    return found[0].rstrip(".,;)") if found else ""


def same_page(url: str) -> str:
    """Return what two addresses have in common that lead to one page; nothing of what is no web address.

    Scheme, www., a slash at the end, the place within a page and what only says where a visitor came from
    (see data/collection/tracking.py) do not count; the rest of the query does: it often says which page is meant.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(pair[0])]
    # A fragment such as #/reports/3 names a page of a site that is one script; #page=2 is a place on a page.
    route = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return repr((parts.netloc.casefold().removeprefix("www."), parts.path.rstrip("/"), sorted(query), route))
