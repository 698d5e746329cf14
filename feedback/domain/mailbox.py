"""A mailbox that is watched for letters: look-only until the newsroom says "Go live"."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class WatchedMailbox(Entity):
    """One folder of one account on a mail server.

    While it is not live nothing in it is moved, marked or deleted, and no mail leaves that a letter
    from it gives rise to. `first_uid` is where our looking began, `last_uid` the last mail that was
    kept; both are of the folder's `uid_validity` (RFC 3501, 2.3.1.1).
    """

    __tablename__ = "mailbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(300), unique=True)  # user@server/folder
    is_live: Mapped[bool] = mapped_column(default=False)
    live_since: Mapped[datetime | None] = mapped_column(UtcTime)
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    first_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    last_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    looked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    trouble: Mapped[str] = mapped_column(String(300), default="")
    trouble_since: Mapped[datetime | None] = mapped_column(UtcTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcTime)  # the chiefs know of the trouble
