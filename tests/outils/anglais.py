"""Words that betray a message of a library, in what is said to users."""

from __future__ import annotations

import re

ANGLAIS = re.compile(
    r"\b(?:the|is|are|not|no such|requires?|takes?|Error|Try|Missing|Invalid|unexpected|expected|"
    r"got|value|given|must|should|with|and|of|from|cannot|found|unknown|field|valid|string|list|"
    r"file|line|column|undefined|choose)\b",
    re.IGNORECASE,
)
