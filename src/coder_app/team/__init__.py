"""Work of several people on copies of one project: merging, team folders, shared codebooks."""
