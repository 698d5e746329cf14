"""The column that letters are written to."""

from feedback.domain.column import Column
from feedback.store import columns
from tests.factories.within import Place, work_in


def a_column(place: Place, **rules: object) -> Column:
    """The house's first column with some of its rules changed: `a_column(store, place_rule=…)`."""
    with work_in(place) as work:
        column = columns.first(work)
        for name, value in rules.items():
            if not hasattr(Column, name):
                raise AttributeError(f"a column has no {name}")
            setattr(column, name, value)
        work.session.flush()
    return column
