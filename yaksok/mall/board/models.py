"""The board's table. Rarely written, read by everybody."""

from django.db import models
from django.db.models import Q

from yaksok.kernel.ids import new_id
from yaksok.mall.board.kinds import NoticeKind


class Notice(models.Model):
    """One notice, in both languages. Rows are inserted and read; nobody may do more with them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.TextField()
    key = models.TextField(unique=True, null=True)  # noqa: DJ001 - unique, and most have none
    """What it is the notice of: ``policy:2027-01-01``, ``programme:<name>``. At most one of each."""
    number = models.IntegerField(null=True)
    """The number of the version that it tells of."""
    title_ko = models.TextField()
    title_en = models.TextField()
    body_ko = models.TextField()
    body_en = models.TextField()
    posted_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    corrects = models.UUIDField(null=True)
    """The notice that this one corrects."""

    class Meta:
        db_table = "board_notice"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoticeKind]), name="board_notice_kind"
            ),
        )
        indexes = (
            models.Index(fields=["-visible_from", "-id"], name="board_notice_newest"),
            models.Index(
                fields=["corrects"],
                name="board_notice_corrections",
                condition=Q(corrects__isnull=False),
            ),
        )
