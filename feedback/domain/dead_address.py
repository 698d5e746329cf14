"""An address that a mail server said does not exist: nothing more is sent there for a while."""

from datetime import datetime, timedelta

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime

LAPSES = timedelta(days=90)  # addresses are given out anew, and mail servers are mended
WHY_NOT = "The mail server said that this address does not exist"


class DeadAddress(Entity):
    """A keyed digest of the address: the address itself stands here nowhere."""

    __tablename__ = "dead_address"

    email_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    noted_at: Mapped[datetime] = mapped_column(UtcTime)
    says: Mapped[str] = mapped_column(String(300))  # the mail server's words, without the address
    mail_id: Mapped[int | None] = mapped_column(Id)  # that was refused
