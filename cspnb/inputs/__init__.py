"""What reports need, and whether the store holds it: told before a kernel starts."""

from cspnb.inputs.checklist import checklist_of
from cspnb.inputs.needed import Checked, check_inputs

__all__ = ["Checked", "check_inputs", "checklist_of"]
