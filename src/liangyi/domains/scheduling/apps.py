from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "liangyi.domains.scheduling"
    label = "scheduling"
