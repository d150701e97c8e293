from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "liangyi.domains.staff"
    label = "staff"
