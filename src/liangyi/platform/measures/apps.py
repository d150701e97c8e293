from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "liangyi.platform.measures"
    label = "measures"
