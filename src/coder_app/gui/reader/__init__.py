"""The reader: a text with its codings, drawn for what is visible only."""
