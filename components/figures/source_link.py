"""A link to a source, only where its address is one that a browser opens as a page."""

from markupsafe import Markup, escape

WEB = ("https://", "http://")


def is_web(url: str) -> bool:
    """Tell whether an address is one that a browser opens as a page."""
    return url.startswith(WEB)


def titled(title: str, url: str) -> Markup:
    """Return a source's title as a link that opens in a new tab, or as plain text where its address is no page's."""
    if not is_web(url):
        return escape(title)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{} (new tab)</a>').format(url, title)
