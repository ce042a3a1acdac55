"""Tables as files with a recipe: what was read, counted and written, so that it can be made again to the byte."""
