package framewise.server.access;

import java.util.List;

/** Database schema of accounts, in addition to that of the sessions. */
final class AccessSchema {
  static final String PART = "access";

  /** Each entry migrates the tables from its index to the next version; never change one. */
  static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE account (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            folded TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            password TEXT,
            created_at INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE sign_in (
            id TEXT PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            csrf TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL
          ) STRICT;
          CREATE INDEX sign_in_by_account ON sign_in (account_id, seen_at);
          CREATE TABLE api_key (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            hash TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            expires_at INTEGER,
            used_at INTEGER
          ) STRICT;
          CREATE TABLE session_grant (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            owner INTEGER NOT NULL,
            granted_at INTEGER NOT NULL,
            PRIMARY KEY (session_id, subject)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX session_grant_by_subject ON session_grant (subject, session_id);
          CREATE TABLE share_link (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            kind TEXT NOT NULL,
            address TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT NOT NULL,
            status INTEGER NOT NULL
          ) STRICT;
          """,
          "ALTER TABLE account ADD COLUMN generation INTEGER NOT NULL DEFAULT 0",
          // An account that opened a link sees the session as long as the link is valid.
          """
          ALTER TABLE session_grant
            ADD COLUMN link TEXT DEFAULT NULL REFERENCES share_link (id) ON DELETE CASCADE;
          CREATE INDEX session_grant_by_link ON session_grant (link) WHERE link IS NOT NULL;
          """,
          // Used with several nodes only.
          """
          CREATE TABLE sign_in_attempt (
            key TEXT PRIMARY KEY,
            attempts INTEGER NOT NULL,
            last_at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX sign_in_attempt_by_time ON sign_in_attempt (last_at);
          """);

  private AccessSchema() {}
}
