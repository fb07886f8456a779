"""From a cable to facts with evidence: officials and their roles, meetings, agreements."""
