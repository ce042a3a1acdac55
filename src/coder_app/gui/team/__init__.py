"""The layout for working together: merging copies, deciding what they left undecided, the team folder."""
