"""The copies that the app makes by itself, the window to put one back, and the way out of damage."""
