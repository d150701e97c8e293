"""What can be wrong with the organisation, and how the database's own verdict becomes a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError

from liangyi.platform.errors import Conflict, Invalid


class AlreadyFounded(Conflict):
    """There is an institution already; a first run happens once."""

    code = "organisation.already_founded"


@contextmanager
def once(**constraints: tuple[str, Any]) -> Iterator[None]:
    """Turn a unique violation inside into Invalid beside a field: constraint=(field, sentence).

    Stands outside `recorded`, so that the transaction has ended when the error is shown.
    """
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in constraints:
            raise
        field, sentence = constraints[name]
        raise Invalid({field: [sentence]}) from error
