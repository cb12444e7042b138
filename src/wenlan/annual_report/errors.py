"""What can go wrong with an edition of the report."""

from django.utils.translation import gettext_lazy as _

from wenlan.annual_report.types import StepRefusal
from wenlan.kernel.errors import DomainError


class ShapeUnknown(DomainError):
    """There is no shape of that name."""

    code = "annual_report.shape_unknown"
    message = _("There is no report shape called %(name)s. Known shapes: %(known)s.")


class StepRefused(DomainError):
    """An edition cannot take that step; `refusals` holds every reason."""

    code = "annual_report.step_refused"
    message = _("The edition cannot go on: %(reasons)s")

    def __init__(self, refusals: tuple[StepRefusal, ...]) -> None:
        super().__init__(refusals=[refusal.value for refusal in refusals])
        self.refusals = refusals

    def __str__(self) -> str:
        return str(self.message) % {"reasons": " ".join(str(refusal.label) for refusal in self.refusals)}


class FindingBlocks(DomainError):
    """A finding that can only be solved was to be released."""

    code = "annual_report.finding_blocks"
    message = _("This finding cannot be released: correct the figures or state the text, then compose again.")


class ReasonMissing(DomainError):
    """A finding was to be released without saying why."""

    code = "annual_report.reason_missing"
    message = _("Say why this finding may stand.")


class SamplesOnlyInDemo(DomainError):
    """Sample texts were to be entered in a real library's report."""

    code = "annual_report.samples_only_in_demo"
    message = _("Sample texts belong to demonstrations. In a real library the office states its own texts.")


class FormatUnknown(DomainError):
    """A document was asked for in a format that is not written."""

    code = "annual_report.format_unknown"
    message = _("Unknown format %(name)s. Known formats: %(known)s.")


class NotAReport(DomainError):
    """A file that was to be read as a report is neither docx nor text."""

    code = "annual_report.unreadable"
    message = _("%(name)s cannot be read: give a docx or a text file.")
