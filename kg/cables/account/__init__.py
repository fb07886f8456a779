"""The account of a text: which rule consumed each line."""
