"""Bringing a policy in by file or by paste."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.rules.reading.opening import LARGEST
from liangyi.domains.governance.services import PASTED
from liangyi.web.organisation.fields import text_field


class ImportForm(forms.Form):
    """A file or a pasted text, and perhaps a title."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.pdf", "class": "form-control"}),
        help_text=_(".txt、.docx 或带文字的 .pdf，不超过 10 MB"),
    )
    text = forms.CharField(
        label=_("或粘贴正文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("从网页或文库整页复制也可以：页眉、广告和注音会自动去掉"),
    )
    title = text_field(_("标题"), 200, required=False, help_text=_("留空则取正文里的标题"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 10 MB：请拆分后再导入"))
        return file

    def clean(self) -> dict[str, Any]:
        """One of both, as `content` and `filename`."""
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text", "")
        if file is None and not text.strip() and not self.errors:
            self.add_error("file", _("请选择文件，或粘贴正文"))
        if file is not None and text.strip():
            self.add_error("text", _("文件和粘贴只能选一种"))
        if self.errors:
            return data
        return {
            "title": data.get("title", ""),
            "filename": file.name if file is not None else PASTED,
            "content": file.read() if file is not None else text.encode(),
        }


class VersionForm(ImportForm):
    """The next version of a policy: its title stays."""

    title = None  # type: ignore[assignment]
