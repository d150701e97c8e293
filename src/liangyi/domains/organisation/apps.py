from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "liangyi.domains.organisation"
    label = "organisation"
