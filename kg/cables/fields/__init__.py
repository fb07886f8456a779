"""The fields under the class line: E.O., TAGS, SUBJECT, REF, Classified By, Derived From."""
