"""An executed notebook as one HTML file that asks nothing of the network."""

from functools import cache

from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor, TagRemovePreprocessor
from traitlets.config import Config

from cspnb.publish.body import body
from cspnb.publish.masthead import Masthead
from cspnb.publish.shell import TEMPLATES, furnish, printable

# The last is the note that papermill leaves beside a failure; ours says the same to a reader.
HIDDEN_TAGS = ("parameters", "injected-parameters", "remove-cell", "papermill-error-cell-tag")


def page(notebook, masthead: Masthead, *, show_code: bool = False) -> str:
    """The page of one report, as text to be written in UTF-8.

    `notebook` is an executed nbformat 4 notebook and is left as it was. Cells with one of
    HIDDEN_TAGS are not shown; code is shown only with `show_code`.
    """
    resources = {"masthead": masthead, "show_code": show_code}
    html, _ = _exporter().from_notebook_node(notebook, resources)
    return printable(html)


class _ArrangeBody(Preprocessor):
    """Makes the cells into a body while nbconvert prepares them, for the template to lay out."""

    def preprocess(self, nb, resources):
        resources["body"] = body(nb.cells, show_code=resources["show_code"])
        return nb, resources


class _ReportExporter(TemplateExporter):
    output_mimetype = "text/html"

    def _create_environment(self):
        return furnish(super()._create_environment())


@cache
def _exporter() -> _ReportExporter:
    """One for the process: reading the template is most of what a page costs."""
    config = Config()
    config.TagRemovePreprocessor.remove_cell_tags = HIDDEN_TAGS
    return _ReportExporter(
        config=config,
        file_extension=".html",
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        extra_template_paths=[str(TEMPLATES)],
        default_preprocessors=[],
        preprocessors=[TagRemovePreprocessor, _ArrangeBody],
        optimistic_validation=True,
    )
