"""The texts of pages in their language, looked up once a request.

Flask-Babel finds locale and catalogue anew for each text; a page of the desk has hundreds.
"""

from typing import Any

from flask import Flask, g
from flask_babel import Babel, Domain


class OnceARequest(Domain):
    """The catalogue of the request's language, kept with the request."""

    def get_translations(self) -> Any:
        """The catalogue; outside of a request an empty one."""
        if not g:
            return super().get_translations()
        if "translations" not in g:
            g.translations = super().get_translations()
        return g.translations


class PageTexts(Babel):
    """Flask-Babel with one domain for all requests, whose catalogues are read once."""

    @property
    def domain_instance(self) -> Domain:
        """The texts of this application."""
        return self._domain

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        with app.app_context():
            self._domain = OnceARequest(domain=self.domain)
            domain = self._domain
        # Templates have hundreds of texts: they ask the domain without looking for it.
        app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension's
            lambda text: domain.get_translations().ugettext(text),
            lambda one, many, number: domain.get_translations().ungettext(one, many, number),
            newstyle=True,
        )
