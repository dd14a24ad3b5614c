"""What the tests share."""

import pytest

import baguan


@pytest.fixture(scope="session")
def reviewer() -> baguan.Reviewer:
    return baguan.Reviewer(as_of="2026-11-23")
