"""The pictures of a table: the same sheets that are written into files, painted in the window and walked by keys."""
