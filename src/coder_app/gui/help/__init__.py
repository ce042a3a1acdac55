"""What the app says about itself: its keys, its version, where its log is."""
