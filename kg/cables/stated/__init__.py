"""What sources say of a cable beside its text, and how it completes and contradicts the text."""
