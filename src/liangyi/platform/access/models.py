"""Accounts, what they may do where, and the bare tenancy tree of sites and units."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from liangyi.platform import actors
from liangyi.platform.audit.models import Record
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE


class Site(Record):
    """A place of business with its own licence, people and calendar (院区)."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    time_zone = models.CharField(_("时区"), max_length=50, default=HOME_ZONE)
    is_active = models.BooleanField(_("启用"), default=True)

    def __str__(self) -> str:
        return self.name


class Unit(Record):
    """A department or team of a site (科室), as far as access and measures need it."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("名称"), max_length=100)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="access_unit_name_once_a_site")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by name without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(Record, AbstractBaseUser):
    """Who can sign in. What they may do stands in their grants."""

    username = models.CharField(_("账号"), max_length=64, unique=True)
    display_name = models.CharField(_("姓名"), max_length=64)
    email = models.EmailField(_("邮箱"), blank=True)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("启用"), default=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    must_change_password = models.BooleanField(_("下次登录改密码"), default=False)
    reads_only = models.BooleanField(_("只读"), default=False, db_default=False)
    valid_from = models.DateTimeField(_("有效期起"), null=True, blank=True)
    valid_until = models.DateTimeField(_("有效期止"), null=True, blank=True)
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")

    last_login = None  # every sign-in is a session or a token of its own

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]
    objects = AccountManager()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="access_username_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(reads_only=False)
                | Q(valid_from__isnull=False, valid_until__gt=models.F("valid_from")),
                name="access_guest_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def is_valid_at(self, at: datetime) -> bool:
        """Whether `at` lies within the account's time; one without a time is always valid."""
        return not (self.valid_from and at < self.valid_from) and not (
            self.valid_until and at >= self.valid_until
        )

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; a hash with outdated costs is renewed on the way."""
        return check_password(raw_password, self.password, self._renew_hash)

    def _renew_hash(self, raw_password: str) -> None:
        with recorded(actors.system("password-hash")):
            self.set_password(raw_password)
            self.save(update_fields=["password"])


class Role(Record):
    """A named set of permission codes. Built-in ones follow the product, others are the clinic's own."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    permissions = ArrayField(models.CharField(max_length=80), default=list)
    is_builtin = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Grant(Record):
    """An account holds a role at a site, or at every site of the group where `site` is empty."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="grants")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "site"], nulls_distinct=False, name="access_grant_once"
            )
        ]


class ApiToken(Record):
    """A bearer token for REST: only its SHA-256 is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class Session(AbstractBaseSession):
    """A signed-in browser, listed so that its owner or an administrator can end it."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "access_session"

    @property
    def reference(self) -> str:
        """What a page calls this session by: the key itself would let its reader in."""
        return sha256(self.session_key.encode()).hexdigest()


class Draft(Record):
    """What somebody has typed into a form and not yet saved, encrypted, one per account and form.

    Not in history: what nobody has saved is no record, and it is gone after a week.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta(Record.Meta):
        triggers = []
        constraints = [models.UniqueConstraint(fields=["account", "form"], name="access_draft_once_a_form")]


class BreakGlass(Record):
    """An emergency look at a record the actor's roles do not open: a reason, an end, a review."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="break_glass")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="access_break_glass_has_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("account")),
                name="access_break_glass_reviewed_by_another",
            ),
        ]
