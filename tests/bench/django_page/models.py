"""A crime and what is said on it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Case(models.Model):
    """A crime that one victim follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    reference = models.TextField(unique=True)
    offence = models.TextField()
    status = models.TextField()
    officer = models.TextField()
    unit = models.TextField()
    due = models.DateField()

    def __str__(self) -> str:
        return self.reference


class Entry(models.Model):
    """An update."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    kind = models.TextField()
    author = models.TextField()
    body = models.TextField()
    language = models.TextField(default="en")
    happened_at = models.DateTimeField()

    class Meta:
        """As a page asks for them."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "-happened_at", "-id"])]

    def __str__(self) -> str:
        return str(self.id)
