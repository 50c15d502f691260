"""Which file, and where it comes from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import VerbForm

MOST_BYTES = 20_000_000


class ImportForm(VerbForm):
    """A file to look through before it is brought in."""

    file = forms.FileField(
        label=_("文件"),
        widget=ours.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_("Excel（.xlsx）或 CSV。12345 工单、领导信箱的导出文件不用改，直接交。"),
    )

    def clean_file(self) -> object:
        """Not too big to be read at once."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 20 MB，请分成几个文件来交。"))
        return file
