"""From a raw cable to a `Cable`: clean text, header, body; parsing never raises."""
