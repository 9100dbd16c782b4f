"""What every shape of an answer or a body is made of."""

from typing import Any

from rest_framework import serializers


class Shape(serializers.Serializer[Any]):
    """The fields of an answer or a body. The framework takes fields out of the class, so that any name is free."""

    label: Any
    source: Any
    errors: Any
