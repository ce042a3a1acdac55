"""The panel of sources: their folders, their order, how much is coded in each."""
