"""The collection without its screen: reading, filtering, counting and writing coded evidence."""

import pandas as pd

# Tables here are small: as Python's own strings their text is handled in half the time that Arrow's take.
pd.set_option("mode.string_storage", "python")
