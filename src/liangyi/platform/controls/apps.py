from django.apps import AppConfig


class ControlsConfig(AppConfig):
    name = "liangyi.platform.controls"
    label = "controls"
