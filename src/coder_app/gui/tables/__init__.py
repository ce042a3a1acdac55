"""The tab for tables of codes: by sources, cases, values and coders, and lists to work through."""
