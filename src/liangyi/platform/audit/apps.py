from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "liangyi.platform.audit"
    label = "audit"
