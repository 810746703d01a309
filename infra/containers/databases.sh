#!/bin/bash
# On the server's first start: a database for each service, a role that owns it and one that the service works as.
set -euo pipefail
for name in cases auth payments notifications gateway; do
  owner=$(printf '%s' "$name-owner-$POSTGRES_PASSWORD" | sha256sum | cut -c1-32)
  app=$(printf '%s' "$name-app-$POSTGRES_PASSWORD" | sha256sum | cut -c1-32)
  psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d postgres <<S
CREATE ROLE ${name}_owner LOGIN PASSWORD '$owner';
CREATE ROLE ${name}_app LOGIN PASSWORD '$app';
CREATE DATABASE $name OWNER ${name}_owner;
REVOKE ALL ON DATABASE $name FROM PUBLIC;
GRANT CONNECT ON DATABASE $name TO ${name}_app;
S
  psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$name" <<S
ALTER SCHEMA public OWNER TO ${name}_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ${name}_app;
S
done
