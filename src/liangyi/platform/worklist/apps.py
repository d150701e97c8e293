from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "liangyi.platform.worklist"
    label = "worklist"
