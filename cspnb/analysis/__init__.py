"""Answers to a partnership's questions, as frozen results. Pure: no files, no drawing."""
