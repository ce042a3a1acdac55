"""Numbers about codings: pure functions on plain values, which know neither files nor windows."""
