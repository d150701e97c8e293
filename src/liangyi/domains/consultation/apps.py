from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "liangyi.domains.consultation"
    label = "consultation"
