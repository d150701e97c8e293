"""The people we care for: who they are, where registered, what must be known, what they agreed to."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.patients.enums import ConsentKind, PaperKind, Severity, Sex
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Patient(Record):
    """A person. A merged record points to the surviving one with `canonical`; no row ever moves.

    `canonical` is always the last survivor, one step away; `merged_into` is the record it was merged into,
    which may have been merged further since, so that each merge can be undone by itself.
    `tokens` are search tokens (platform.search) together with a mark for each site of registration; those
    of a surviving record cover the records merged into it. They are empty for merged and pseudonymous
    records, so that neither is ever found. A pseudonymous record is known by an outside id only.
    """

    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    tokens = ArrayField(models.CharField(max_length=60), default=list)
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    is_pseudonymous = models.BooleanField(default=False)
    source = models.CharField(max_length=40, blank=True)
    outside_id = models.CharField(max_length=80, blank=True)
    registered_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(canonical__isnull=True) | ~Q(canonical=F("id")),
                name="patients_not_its_own_survivor",
            ),
            models.CheckConstraint(
                condition=Q(canonical__isnull=True, merged_into__isnull=True)
                | Q(canonical__isnull=False, merged_into__isnull=False),
                name="patients_merged_into_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_pseudonymous=False) | Q(tokens__len=0),
                name="patients_pseudonym_not_searchable",
            ),
            models.UniqueConstraint(
                fields=["source", "outside_id"], condition=~Q(source=""), name="patients_outside_id_once"
            ),
        ]
        indexes = [
            GinIndex(fields=["tokens"], name="patients_tokens", fastupdate=False),
            models.Index(fields=["phone"], name="patients_phone"),
            models.Index(fields=["canonical"], name="patients_canonical"),
            models.Index(fields=["pinyin", "birth_date"], name="patients_pinyin_birth"),
        ]

    def __str__(self) -> str:
        return self.name


class Registration(Record):
    """A patient is known at a site, under a record number (病历号)."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="registrations")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    record_number = models.CharField(_("病历号"), max_length=20)
    registered_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["patient", "site"], name="patients_registered_once_a_site"),
            models.UniqueConstraint(fields=["site", "record_number"], name="patients_record_number_once"),
        ]
        indexes = [models.Index(fields=["site", "registered_at"], name="patients_registered_at_site")]


class RecordNumbering(Record):
    """The last record numbers given out at a site. Its row lock is what keeps them free of gaps."""

    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)
    last_pseudonym = models.PositiveIntegerField(default=0)


class IdentityPaper(Record):
    """A paper that proves identity. The number is sealed; `blind` finds it without opening it."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="papers")
    kind = models.CharField(_("证件类型"), max_length=20, choices=PaperKind.choices)
    sealed = models.BinaryField()
    blind = models.CharField(max_length=64, db_index=True)
    last_four = models.CharField(max_length=4)
    valid_to = models.DateField(_("有效期止"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind", "blind"], name="patients_paper_once")
        ]


class Guardian(Record):
    """Who decides for a minor or for somebody without full capacity."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="guardians")
    name = models.CharField(_("监护人姓名"), max_length=60)
    relation = models.CharField(_("关系"), max_length=30)
    phone = models.CharField(_("监护人电话"), max_length=20)
    ended_at = models.DateTimeField(null=True, blank=True)


class Allergy(Record):
    """A known allergy: coded where a code is known, always in words."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="allergies")
    substance = models.CharField(_("过敏原"), max_length=80)
    code = models.CharField(max_length=40, blank=True)
    severity = models.CharField(_("程度"), max_length=10, choices=Severity.choices)
    reaction = models.CharField(_("反应"), max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)


class Alert(Record):
    """Something everybody who opens the record has to know."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="alerts")
    text = models.CharField(_("提示"), max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)


class ConsentText(Record):
    """One version of what a patient is asked to agree to. Never changed, only followed by the next one.

    A version that `asks_again` ends what was agreed to earlier ones: purpose, manner or kinds of data
    have changed, so everybody has to be asked anew (PIPL art 14).
    """

    kind = models.CharField(_("类型"), max_length=20, choices=ConsentKind.choices)
    version = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("标题"), max_length=100)
    body = models.TextField(_("正文"))
    effective_from = models.DateField(_("生效日期"))
    asks_again = models.BooleanField(_("需重新征得同意"), default=False)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="patients_consent_version_once")
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
        ]


class Consent(Record):
    """A patient's (or guardian's) answer to one version; withdrawn as easily as given."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="answers")
    given_at = models.DateTimeField()
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="patients_consent_given_once",
            )
        ]
        indexes = [models.Index(fields=["given_at"], name="patients_consent_given_at")]
