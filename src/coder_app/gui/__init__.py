"""The window: the only user of Qt. Views read queries, call edits and refresh from change sets alone."""
