from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "liangyi.domains.facilities"
    label = "facilities"
