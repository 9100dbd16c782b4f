"""What the worked example is made of, so that it is marked as one and can be taken away again."""

from django.db import models


class ExampleWork(models.Model):
    """One thing that the worked example made, in the version in which it made it.

    What somebody changed since has another version, and stays when the example is removed.
    """

    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Each thing once."""

        verbose_name_plural = "example work"
        constraints = (models.UniqueConstraint(fields=("target_type", "target_id"), name="example_work_once"),)

    def __str__(self) -> str:
        return f"{self.target_type} {self.target_id}"
