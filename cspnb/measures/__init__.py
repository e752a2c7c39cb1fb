"""Quantities with a published definition. Pure: tables and values in, results out."""
