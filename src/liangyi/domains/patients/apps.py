from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "liangyi.domains.patients"
    label = "patients"
