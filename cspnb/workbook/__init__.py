"""The indicators workbook as it goes out: what is asked of partners, in a form they can fill in."""

from cspnb.workbook.form import Form, form
from cspnb.workbook.writing import save

__all__ = ["Form", "form", "save"]
