"""People who work here: posts held, certificates with place and scope, privileges."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.domains.organisation.models import Post
from liangyi.domains.staff.enums import CredentialKind, Profession
from liangyi.platform.access.models import Account, Site, Unit
from liangyi.platform.audit.models import Record


class StaffMember(Record):
    """A person on the staff. The account, if any, is how they sign in. In REST: a practitioner."""

    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="staff_member", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    profession = models.CharField(_("职业"), max_length=20, choices=Profession.choices)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主院区")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室")
    )
    hired_on = models.DateField(_("入职日期"), null=True, blank=True)
    left_on = models.DateField(_("离职日期"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PostHeld(Record):
    """Somebody holds a post at a site for a time."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holders")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    held_from = models.DateField(_("任职起"))
    held_to = models.DateField(_("任职止"), null=True, blank=True)


class Credential(Record):
    """A certificate: number, validity, the sites it is registered at and the subjects it covers.

    `valid_to` empty means no fixed end. Which kinds are tied to places and subjects stands in
    data/requirements.toml; one of another kind is tied to those it names, and to none when it names none.
    """

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="credentials")
    kind = models.CharField(_("证书类型"), max_length=30, choices=CredentialKind.choices)
    number = models.CharField(_("证书编号"), max_length=40)
    issuer = models.CharField(_("发证机关"), max_length=100, blank=True)
    issued_on = models.DateField(_("发证日期"))
    valid_to = models.DateField(_("有效期止"), null=True, blank=True)
    sites: models.ManyToManyField[Site, CredentialSite] = models.ManyToManyField(
        Site, through="CredentialSite", related_name="+", verbose_name=_("执业地点")
    )
    subjects = ArrayField(
        models.CharField(max_length=40), verbose_name=_("执业范围"), default=list, blank=True
    )
    verified_on = models.DateField(_("核验日期"), null=True, blank=True)
    revoked_on = models.DateField(_("注销日期"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("issued_on")),
                name="staff_credential_ends_after_start",
            ),
            models.UniqueConstraint(fields=["kind", "number"], name="staff_credential_number_once"),
        ]
        indexes = [models.Index(fields=["valid_to"], name="staff_credential_valid_to")]


class CredentialSite(Record):
    """A certificate is registered at a site (执业地点)."""

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="places")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["credential", "site"], name="staff_place_once")]


class Privilege(Record):
    """The clinic's own written authority to do a service (手术授权), for a time."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="privileges")
    service = models.ForeignKey(Service, models.CASCADE, related_name="privileges")
    granted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(_("授权起"))
    valid_to = models.DateField(_("授权止"))
    suspended_on = models.DateField(_("暂停日期"), null=True, blank=True)
    suspended_reason = models.CharField(_("暂停原因"), max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="staff_privilege_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["staff", "service", "valid_from"], name="staff_privilege_once_a_day"
            ),
        ]
