"""Keys that newsletters, social media and advertising add to an address; they never say what is looked at."""

PREFIX = "utm_"
KEYS = frozenset({"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "igshid",
                  "twclid", "yclid", "ttclid", "li_fat_id", "_ga", "_gl"})  # fmt: skip


def is_tracking(key: str) -> bool:
    """Tell whether a key of an address only says where its reader came from."""
    return key.casefold().startswith(PREFIX) or key.casefold() in KEYS
