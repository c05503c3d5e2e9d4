import type { Migration } from "./migration.js";

/**
 * Ids compare byte by byte (collation C), so that ULIDs sort by time whatever the locale of the server.
 * email_providers points at (workspace_id, project_id) as a pair: a row cannot name another workspace's project.
 */
export const firstTables: Migration = {
  number: 1,
  name: "first tables",
  statements: [
    `create table workspaces (
      id text collate "C" primary key,
      name text not null,
      created_at timestamptz not null default now()
    )`,
    `create table projects (
      id text collate "C" primary key,
      workspace_id text collate "C" not null references workspaces (id),
      name text not null,
      created_at timestamptz not null default now(),
      unique (workspace_id, id)
    )`,
    `create table api_keys (
      id text collate "C" primary key,
      workspace_id text collate "C" not null references workspaces (id),
      label text not null,
      mode text not null check (mode in ('live', 'test')),
      sha256 text collate "C" not null unique,
      prefix text not null,
      last_four text,
      created_at timestamptz not null default now(),
      revoked_at timestamptz
    )`,
    `create index api_keys_of_workspace on api_keys (workspace_id, label)`,
    `create table email_providers (
      id text collate "C" primary key,
      workspace_id text collate "C" not null,
      project_id text collate "C" not null,
      provider text not null,
      display_name text not null,
      from_email text not null,
      from_name text,
      reply_to text,
      config jsonb not null,
      secrets jsonb not null,
      webhook_secret text not null,
      verified boolean not null,
      verified_at timestamptz,
      encrypted boolean not null,
      warnings jsonb not null,
      created_at timestamptz not null default now(),
      foreign key (workspace_id, project_id) references projects (workspace_id, id),
      check (verified = (verified_at is not null))
    )`,
    `create index email_providers_of_project on email_providers (workspace_id, project_id, id)`,
  ],
};
