-- Databases and roles of Recoup, made by the superuser when the data folder is new. For each service: an owner that
-- migrates, the service's own role, and a reader. What the service's role may not do, its migrations take away.
\set ON_ERROR_STOP on

\getenv owner_password RECOUP_LEDGER_OWNER_PASSWORD
\getenv service_password RECOUP_LEDGER_SERVICE_PASSWORD
\getenv reader_password RECOUP_LEDGER_READER_PASSWORD
CREATE ROLE recoup_ledger_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE recoup_ledger LOGIN PASSWORD :'service_password';
CREATE ROLE recoup_ledger_reader LOGIN PASSWORD :'reader_password';
CREATE DATABASE recoup_ledger OWNER recoup_ledger_owner;
REVOKE ALL ON DATABASE recoup_ledger FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE recoup_ledger TO recoup_ledger, recoup_ledger_reader;
\connect recoup_ledger
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
ALTER SCHEMA public OWNER TO recoup_ledger_owner;
GRANT USAGE ON SCHEMA public TO recoup_ledger, recoup_ledger_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_ledger_owner GRANT USAGE ON SCHEMAS TO recoup_ledger, recoup_ledger_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_ledger_owner GRANT SELECT ON TABLES TO recoup_ledger_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_ledger_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO recoup_ledger;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_ledger_owner GRANT USAGE, SELECT ON SEQUENCES TO recoup_ledger;

\getenv owner_password RECOUP_COLLECTIONS_OWNER_PASSWORD
\getenv service_password RECOUP_COLLECTIONS_SERVICE_PASSWORD
\getenv reader_password RECOUP_COLLECTIONS_READER_PASSWORD
CREATE ROLE recoup_collections_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE recoup_collections LOGIN PASSWORD :'service_password';
CREATE ROLE recoup_collections_reader LOGIN PASSWORD :'reader_password';
CREATE DATABASE recoup_collections OWNER recoup_collections_owner;
REVOKE ALL ON DATABASE recoup_collections FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE recoup_collections TO recoup_collections, recoup_collections_reader;
\connect recoup_collections
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
ALTER SCHEMA public OWNER TO recoup_collections_owner;
GRANT USAGE ON SCHEMA public TO recoup_collections, recoup_collections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_collections_owner GRANT USAGE ON SCHEMAS TO recoup_collections, recoup_collections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_collections_owner GRANT SELECT ON TABLES TO recoup_collections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_collections_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO recoup_collections;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_collections_owner GRANT USAGE, SELECT ON SEQUENCES TO recoup_collections;

\getenv owner_password RECOUP_PRECOLLECTIONS_OWNER_PASSWORD
\getenv service_password RECOUP_PRECOLLECTIONS_SERVICE_PASSWORD
\getenv reader_password RECOUP_PRECOLLECTIONS_READER_PASSWORD
CREATE ROLE recoup_precollections_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE recoup_precollections LOGIN PASSWORD :'service_password';
CREATE ROLE recoup_precollections_reader LOGIN PASSWORD :'reader_password';
CREATE DATABASE recoup_precollections OWNER recoup_precollections_owner;
REVOKE ALL ON DATABASE recoup_precollections FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE recoup_precollections TO recoup_precollections, recoup_precollections_reader;
\connect recoup_precollections
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
ALTER SCHEMA public OWNER TO recoup_precollections_owner;
GRANT USAGE ON SCHEMA public TO recoup_precollections, recoup_precollections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_precollections_owner GRANT USAGE ON SCHEMAS TO recoup_precollections, recoup_precollections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_precollections_owner GRANT SELECT ON TABLES TO recoup_precollections_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_precollections_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO recoup_precollections;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_precollections_owner GRANT USAGE, SELECT ON SEQUENCES TO recoup_precollections;

\getenv owner_password RECOUP_MESSAGING_OWNER_PASSWORD
\getenv service_password RECOUP_MESSAGING_SERVICE_PASSWORD
\getenv reader_password RECOUP_MESSAGING_READER_PASSWORD
CREATE ROLE recoup_messaging_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE recoup_messaging LOGIN PASSWORD :'service_password';
CREATE ROLE recoup_messaging_reader LOGIN PASSWORD :'reader_password';
CREATE DATABASE recoup_messaging OWNER recoup_messaging_owner;
REVOKE ALL ON DATABASE recoup_messaging FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE recoup_messaging TO recoup_messaging, recoup_messaging_reader;
\connect recoup_messaging
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
ALTER SCHEMA public OWNER TO recoup_messaging_owner;
GRANT USAGE ON SCHEMA public TO recoup_messaging, recoup_messaging_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_messaging_owner GRANT USAGE ON SCHEMAS TO recoup_messaging, recoup_messaging_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_messaging_owner GRANT SELECT ON TABLES TO recoup_messaging_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_messaging_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO recoup_messaging;
ALTER DEFAULT PRIVILEGES FOR ROLE recoup_messaging_owner GRANT USAGE, SELECT ON SEQUENCES TO recoup_messaging;
