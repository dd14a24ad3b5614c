"""Reviews over HTTP, for an editor's page or a CMS.

    uvicorn endpoint:app
    curl -s localhost:8000/review --json '{"text": "会议一愁莫展。", "class": "policy"}'
"""

from datetime import date
from typing import Any

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

import baguan

app = FastAPI()
# Compiled once, shared by the threads that FastAPI runs plain functions in.
REVIEWER = baguan.Reviewer()


class Draft(BaseModel):
    text: str = Field(max_length=1_000_000)
    class_: str = Field("news", alias="class")
    as_of: str | None = None


@app.post("/review")
def review(draft: Draft) -> dict[str, Any]:
    """The report in the shape of `baguan check --format json`; offsets count code points."""
    try:
        reviewer = REVIEWER.replace(class_=draft.class_, as_of=draft.as_of or date.today())
    except ValueError as error:
        raise HTTPException(422, str(error)) from error
    return reviewer.review(draft.text).to_dict()
