"""The language in which passages are asked for: docs/queries.md says what each part of it means."""
