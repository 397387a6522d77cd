-- Databases and roles of Recoup, made by the superuser when the data folder is new: for each service what
-- `service.psql` beside this file says.
\set ON_ERROR_STOP on

\set service ledger
\set variables RECOUP_LEDGER
\ir service.psql

\set service collections
\set variables RECOUP_COLLECTIONS
\ir service.psql

\set service precollections
\set variables RECOUP_PRECOLLECTIONS
\ir service.psql

\set service messaging
\set variables RECOUP_MESSAGING
\ir service.psql
