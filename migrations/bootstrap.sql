-- The database and its roles: what exists before the first migration. Safe to run again; it then sets the passwords anew.
--
-- `make run` runs this file by itself. For any other PostgreSQL 18 a database administrator runs it once, with psql, signed in
-- to the database `postgres` as a superuser or as a role with CREATEROLE and CREATEDB. Passwords come from the environment,
-- so that no command line shows them:
--
--   TMC_MIGRATOR_PASSWORD=... TMC_APP_PASSWORD=... TMC_CONSOLE_PASSWORD=... TMC_PROVISIONER_PASSWORD=... \
--   TMC_QUEUE_PASSWORD=... psql --no-psqlrc --file migrations/bootstrap.sql 'host=... user=... dbname=postgres'
--
-- | role            | is                                                                                              |
-- |-----------------|-------------------------------------------------------------------------------------------------|
-- | tmc_owner       | owner of everything; nobody signs in as it                                                      |
-- | tmc_migrator    | signs in to migrate, by SET ROLE tmc_owner; has nothing by inheritance                          |
-- | tmc_app         | web and worker; sees one force at a time                                                        |
-- | tmc_console     | national operators; registry and figures, never a victim's data                                 |
-- | tmc_provisioner | may execute the one function that makes a force's partitions                                    |
-- | tmc_queue       | the queue that wakes the workers, in its own schema                                             |

\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages = warning;

\getenv migrator_password TMC_MIGRATOR_PASSWORD
\getenv app_password TMC_APP_PASSWORD
\getenv console_password TMC_CONSOLE_PASSWORD
\getenv provisioner_password TMC_PROVISIONER_PASSWORD
\getenv queue_password TMC_QUEUE_PASSWORD

select 'create role tmc_owner nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit'
where not exists (select from pg_roles where rolname = 'tmc_owner')
\gexec

select format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole noinherit', wanted.name)
from unnest(array['tmc_migrator', 'tmc_app', 'tmc_console', 'tmc_provisioner', 'tmc_queue']) as wanted (name)
where not exists (select from pg_roles where rolname = wanted.name)
\gexec

set password_encryption = 'scram-sha-256';
alter role tmc_migrator password :'migrator_password';
alter role tmc_app password :'app_password';
alter role tmc_console password :'console_password';
alter role tmc_provisioner password :'provisioner_password';
alter role tmc_queue password :'queue_password';

grant tmc_owner to tmc_migrator with inherit false, set true;

-- An administrator who is no superuser must belong to the roles for which it makes the database and the schemas.
select format('grant tmc_owner, tmc_queue to %I with inherit true, set true', rolname)
from pg_roles
where rolname = current_user and not rolsuper
\gexec

-- Planning costs three times what the small statements of a page cost to carry out; a generic plan is made once, and prunes
-- to the force's partition when it starts (platform/decisions/0006). Batches ask for plans of their own.
alter role tmc_app set plan_cache_mode = force_generic_plan;
-- One question takes one processor: a page must not wait while a batch or a seal takes them all.
alter role tmc_app set max_parallel_workers_per_gather = 0;
alter role tmc_app set statement_timeout = '15s';
alter role tmc_app set idle_in_transaction_session_timeout = '30s';
alter role tmc_console set statement_timeout = '15s';
alter role tmc_console set idle_in_transaction_session_timeout = '30s';
alter role tmc_queue set search_path = queue;

select 'create database trackmycrime owner tmc_owner template template0 encoding ''UTF8'' '
    || 'locale_provider builtin builtin_locale ''C.UTF-8'' locale ''C'''
where not exists (select from pg_database where datname = 'trackmycrime')
\gexec

revoke all on database trackmycrime from public;
grant connect on database trackmycrime to tmc_migrator, tmc_app, tmc_console, tmc_provisioner, tmc_queue;

\connect trackmycrime
set client_min_messages = warning;

revoke create on schema public from public;
create schema if not exists app authorization tmc_owner;
-- The forces' partitions: nobody but their owner may name one, so that nothing goes round a parent table's policies.
create schema if not exists part authorization tmc_owner;
create schema if not exists queue authorization tmc_queue;
grant usage on schema app to tmc_app, tmc_console, tmc_provisioner;
