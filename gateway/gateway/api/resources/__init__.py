"""The endpoints of the API, one module for each thing that is asked about."""

from gateway.api.resources import (
    balances,
    cases,
    dates,
    payments_made,
    payments_received,
    payments_sent,
    pins,
    profile,
    sessions,
    statements,
)

RESOURCES = (sessions.resource, pins.resource, payments_made.resource, payments_received.resource,
             payments_sent.resource, balances.resource, statements.resource, cases.resource, dates.resource,
             profile.resource)
