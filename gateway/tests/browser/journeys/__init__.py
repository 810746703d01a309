"""All that a customer can do here, one function a task."""

from . import (  # noqa: F401  each names its tasks
    around,
    cases,
    dates,
    entering,
    other_party,
    overview,
    owed,
    payments,
    profile,
    sessions,
    troubles,
)
from .task import TASKS, Task
from .visitor import Visitor

__all__ = ["TASKS", "Task", "Visitor"]
