"""One field for texts, codes and actions."""
