"""The body of a cable: paragraphs, headings, regions, redactions, summary and signature."""
