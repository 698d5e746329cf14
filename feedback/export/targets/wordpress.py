"""A draft of a WordPress site, by its REST API (wp/v2) with an application password."""

import re
from typing import Any

import httpx

from feedback.export.targets.target import Never, NotNow, Placed, Post

TIMEOUT = 30.0  # seconds for one answer
STATES = "draft,pending,future,publish,private"  # in which a post may lie that was sent before
MOST_SAID = 200


class WordPress:
    """One site. A post is found again by its number, else by its slug, which is the edition's key.

    A new one is a draft; what lies there already keeps the state that the site gave it.
    """

    def __init__(
        self, url: str, user: str, password: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._client = httpx.Client(
            base_url=f"{url}/wp-json/wp/v2",
            auth=(user, password),
            timeout=TIMEOUT,
            transport=transport,
            headers={"Accept": "application/json"},
        )

    def put(self, post: Post, remote_id: str | None) -> Placed:
        """As `Target.put`. First looked for: a try that was cut off may have made the post."""
        given = {
            "title": post.title,
            "content": post.body,
            "excerpt": post.excerpt,
            "slug": post.key,
        }
        number = self._there(remote_id) or self._by_slug(post.key)
        if number is not None:
            return self._placed(self._asked("POST", f"/posts/{number}", given))
        category = self._category(post.category)
        if category is not None:
            given["categories"] = [category]  # type: ignore[assignment]  # JSON
        return self._placed(self._asked("POST", "/posts", given | {"status": "draft"}))

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def _there(self, remote_id: str | None) -> int | None:
        """The number of the post that was made before, where it is still there."""
        if remote_id is None or not remote_id.isdigit():
            return None
        try:
            found = self._asked("GET", f"/posts/{remote_id}", {"context": "edit"})
        except Never:
            return None  # deleted meanwhile: a new one
        return None if found.get("status") == "trash" else int(remote_id)

    def _by_slug(self, slug: str) -> int | None:
        query = {"slug": slug, "status": STATES, "context": "edit", "per_page": 1}
        found = self._asked("GET", "/posts", query)
        return int(found[0]["id"]) if isinstance(found, list) and found else None

    def _category(self, name: str) -> int | None:
        """The category that is called like the column; none is made."""
        found = self._asked("GET", "/categories", {"search": name, "per_page": 20})
        rows = found if isinstance(found, list) else []
        same = [row for row in rows if str(row.get("name", "")).casefold() == name.casefold()]
        return int(same[0]["id"]) if same else None

    def _placed(self, found: Any) -> Placed:
        return Placed(str(found["id"]), str(found.get("link", ""))[:2000])

    def _asked(self, method: str, path: str, given: dict[str, Any]) -> Any:
        parts = {"params": given} if method == "GET" else {"json": given}
        try:
            answer = self._client.request(method, path, **parts)  # type: ignore[arg-type]  # as chosen
        except httpx.TimeoutException as error:
            raise NotNow(f"WordPress did not answer within {TIMEOUT:.0f} seconds.") from error
        except httpx.HTTPError as error:
            raise NotNow(f"WordPress cannot be reached: {type(error).__name__}.") from error
        if answer.status_code == 429 or answer.status_code >= 500:
            raise NotNow(f"WordPress says: {answer.status_code}.")
        try:
            told = answer.json()
        except ValueError as error:
            says = f"There is no WordPress at this address: {answer.status_code}, and no JSON."
            raise Never(says) from error
        if answer.status_code in (401, 403):
            raise Never(f"WordPress does not let this user write: {_said(told)}")
        if not answer.is_success:
            raise Never(f"WordPress says: {answer.status_code} {_said(told)}")
        return told


def _said(told: Any) -> str:
    text = str(told.get("message", "")) if isinstance(told, dict) else ""
    return " ".join(re.sub(r"<[^>]*>|[\x00-\x1f]", " ", text).split())[:MOST_SAID]
