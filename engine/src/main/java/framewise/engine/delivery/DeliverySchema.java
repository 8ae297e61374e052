package framewise.engine.delivery;

import java.util.List;

/** Database schema of deliveries, versioned separately from that of the sessions. */
final class DeliverySchema {
  static final String PART = "delivery";

  /** Each entry migrates the tables from its index to the next version; never change one. */
  static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE delivery (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            endpoint_id TEXT NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
            notice INTEGER NOT NULL REFERENCES notice (number) ON DELETE CASCADE,
            subject TEXT NOT NULL,
            type TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            step INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            next_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            status INTEGER,
            answer TEXT,
            error TEXT,
            UNIQUE (endpoint_id, notice)
          ) STRICT;
          CREATE INDEX delivery_by_notice ON delivery (notice);
          CREATE INDEX delivery_waiting ON delivery (endpoint_id, subject, notice)
            WHERE state = 'waiting';
          CREATE TABLE discovered (
            endpoint_id TEXT NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
            watch_id TEXT NOT NULL,
            PRIMARY KEY (endpoint_id, watch_id)
          ) STRICT, WITHOUT ROWID;
          """,
          """
          ALTER TABLE discovered ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
          """);

  private DeliverySchema() {}
}
