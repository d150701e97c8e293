from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "liangyi.domains.catalogue"
    label = "catalogue"
