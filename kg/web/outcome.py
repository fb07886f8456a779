"""What a request came to, written into its environ for the access log and the metrics around the application."""

from typing import Final

# The id of the query, as in the header KG-Query-Id.
QUERY_ID: Final = "kg.query_id"
# `hit` where the cache had the answer, `miss` where it could have had it.
CACHE: Final = "kg.cache"
# By which cap the answer was cut off: `rows` or `bytes`.
CUT: Final = "kg.cut"
# The id of the snapshot that the answer was made from.
SNAPSHOT: Final = "kg.snapshot"
