"""Every text has its German, and what is compiled is what stands in the catalogues."""

from __future__ import annotations

import pytest
from tools.catalogues import PACKAGES, Package, compiled, complaints, messages_of, target


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.domain)
def test_the_catalogue_is_complete_and_compiled(package: Package) -> None:
    assert len(messages_of(package)) > 100
    assert complaints(package) == []
    assert target(package).read_bytes() == compiled(package)
