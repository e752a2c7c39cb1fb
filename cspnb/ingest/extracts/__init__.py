"""How a partner's own extract is read, whichever door it comes by."""
