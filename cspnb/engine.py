"""How a notebook runs: papermill's own engine, with live numbers evaluated between the cells.

A Markdown cell may hold MyST inline expressions, {eval}`burglary.change.now`. Each is evaluated
when the run reaches its cell, and the result is kept where jupyterlab-myst keeps it: in the
cell's metadata, under `user_expressions`.
"""

import os
import re

from jupyter_core.utils import ensure_async, run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets.config import Config

LONGEST_SOCKET = 90  # characters; the system allows 104 or 108, and a number is added
EXPRESSION = re.compile(r"\{eval\}`([^`]+)`")


class LiveNumbersClient(PapermillNotebookClient):
    """Runs code cells as papermill does, and the expressions of Markdown cells in their turn."""

    async def async_execute_cell(self, cell, cell_index, execution_count=None, store_history=True):
        """Run one cell; of a Markdown cell, its inline expressions."""
        if cell.cell_type == "markdown":
            await self._evaluate_expressions(cell)
            return cell
        return await super().async_execute_cell(cell, cell_index, execution_count, store_history)

    execute_cell = run_sync(async_execute_cell)

    async def _evaluate_expressions(self, cell):
        cell.metadata.pop("user_expressions", None)
        expressions = list(dict.fromkeys(EXPRESSION.findall(cell.source)))
        if not expressions:
            return
        asked = {str(i): expression for i, expression in enumerate(expressions)}
        message = await ensure_async(
            self.kc.execute("", silent=True, store_history=False, user_expressions=asked)
        )
        reply = await self.async_wait_for_reply(message)
        results = reply["content"]["user_expressions"]
        cell.metadata["user_expressions"] = [
            {"expression": expression, "result": _without_traceback(results[key])}
            for key, expression in asked.items()
        ]


class CspnbEngine(NBClientEngine):
    """The engine named `cspnb` to papermill; `env` is the environment of the kernel."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man,
        kernel_name,
        log_output=False,
        start_timeout=60,
        execution_timeout=None,
        env=None,
        sockets=None,
        **_,
    ):
        """Execute the notebook held by papermill's manager in a kernel of its own.

        `sockets` is where the kernel's sockets are put, a path in a folder nobody else uses;
        without it, or where sockets are not files, the kernel takes ports.
        """
        client = LiveNumbersClient(
            nb_man,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            record_timing=False,
            extra_arguments=["--log-level=CRITICAL"],  # what a cell prints comes as its output
            config=_transport(sockets),
        )
        return client.execute(env=env) if env else client.execute()


def _transport(sockets):
    """Sockets in the file system need no free port, and nobody on the network can listen in."""
    if os.name != "posix" or not sockets or len(sockets) > LONGEST_SOCKET:
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": sockets}})


def _without_traceback(result):
    """A traceback holds colours and paths of the machine, which no edition may carry."""
    return {key: value for key, value in result.items() if key != "traceback"}
