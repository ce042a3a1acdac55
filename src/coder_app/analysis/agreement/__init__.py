"""How far coders agree: the coefficients of the literature, each with its unit, its interval and its table."""
