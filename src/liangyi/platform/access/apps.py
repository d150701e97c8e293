from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "liangyi.platform.access"
    label = "access"
