"""Reports of Community Safety Partnerships as parameterised notebooks."""

__version__ = "0.1.0"
