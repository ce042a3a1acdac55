"""The layout in which passages are asked for by a query, written or built."""
