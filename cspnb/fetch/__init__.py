"""Fetching: from a publisher's site to files on disk, whole or not at all. `ingest` takes them in.

Nothing here writes the store. Files are made under another name and renamed when they
are complete; a fetch that is stopped goes on where it was.
"""
