import type { Migration } from "./migration.js";

/** What relays report: requests as they came, the events in them, and what became of messages and addresses. */
export const webhooks: Migration = {
  number: 2,
  name: "webhooks",
  statements: [
    // Sealed JSON; null until a relay's own key has been entered.
    "alter table email_providers add column webhook_config text",
    `create table webhook_requests (
      id text collate "C" primary key,
      workspace_id text collate "C" not null,
      project_id text collate "C" not null,
      email_provider_id text collate "C" not null references email_providers (id) on delete cascade,
      slug text not null,
      proof text not null check (proof in ('signature', 'shared_secret')),
      url text not null,
      headers jsonb not null,
      body_base64 text not null,
      received_at timestamptz not null default now(),
      processed_at timestamptz,
      failures jsonb not null default '[]',
      foreign key (workspace_id, project_id) references projects (workspace_id, id)
    )`,
    "create index webhook_requests_to_process on webhook_requests (id) where processed_at is null",
    `create table webhook_claims (
      key text collate "C" primary key,
      expires_at timestamptz not null
    )`,
    `create table sent_messages (
      id text collate "C" primary key,
      workspace_id text collate "C" not null,
      project_id text collate "C" not null,
      email_provider_id text collate "C" not null,
      correlation_id text collate "C" not null,
      message_id text collate "C" not null,
      relay_message_id text collate "C",
      recipients jsonb not null,
      created_at timestamptz not null default now(),
      foreign key (workspace_id, project_id) references projects (workspace_id, id),
      unique (workspace_id, project_id, correlation_id)
    )`,
    "create index sent_messages_by_relay_id on sent_messages (workspace_id, project_id, relay_message_id)",
    "create index sent_messages_by_message_id on sent_messages (workspace_id, project_id, message_id)",
    `create table message_statuses (
      sent_message_id text collate "C" not null references sent_messages (id) on delete cascade,
      recipient text collate "C" not null,
      status jsonb not null,
      primary key (sent_message_id, recipient)
    )`,
    `create table email_events (
      id text collate "C" primary key,
      workspace_id text collate "C" not null,
      project_id text collate "C" not null,
      email_provider_id text collate "C" not null,
      event_id text collate "C" not null,
      type text not null,
      recipient text collate "C",
      advice text not null,
      proof text not null,
      sent_message_id text collate "C" references sent_messages (id) on delete set null,
      event jsonb not null,
      received_at timestamptz not null,
      foreign key (workspace_id, project_id) references projects (workspace_id, id),
      unique (workspace_id, project_id, email_provider_id, event_id)
    )`,
    "create index email_events_of_project on email_events (workspace_id, project_id, id)",
    "create index email_events_of_recipient on email_events (workspace_id, project_id, recipient, advice)",
    `create table suppressions (
      id text collate "C" primary key,
      workspace_id text collate "C" not null,
      project_id text collate "C" not null,
      address text collate "C" not null,
      scope text not null,
      reason text not null,
      email_event_id text collate "C",
      created_at timestamptz not null default now(),
      foreign key (workspace_id, project_id) references projects (workspace_id, id),
      unique (workspace_id, project_id, address, scope)
    )`,
  ],
};
