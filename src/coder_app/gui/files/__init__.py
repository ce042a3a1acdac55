"""Everything that goes from files into a project, out of it, or is a project file itself."""
