"""The header of a cable: format lines, date-time group, originator, addressees, class line, handling lines."""
