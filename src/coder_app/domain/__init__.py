"""The field's nouns and their rules, free of storage and of any window."""
