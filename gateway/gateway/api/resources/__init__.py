"""The endpoints of the API, one module for each thing that is asked about."""

from gateway.api.resources import (
    appointments,
    balances,
    cases,
    contact,
    dates,
    live_sessions,
    offices,
    other_party,
    payment_months,
    payments_made,
    payments_received,
    payments_sent,
    pins,
    profile,
    sessions,
    statements,
)

RESOURCES = (sessions.resource, pins.resource, payments_made.resource, payments_received.resource,
             payments_sent.resource, payment_months.resource, balances.resource, statements.resource, cases.resource,
             dates.resource, appointments.resource, profile.resource, contact.resource, other_party.resource,
             live_sessions.resource, offices.resource)
