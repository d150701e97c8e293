from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "liangyi.platform.messages"
    label = "messages"
