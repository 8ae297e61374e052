package framewise.engine.notice;

import framewise.engine.store.OnPostgres;

/** The outbox in PostgreSQL. */
@OnPostgres
class NoticesAreStoredWithTheirCauseOnPostgresTest extends NoticesAreStoredWithTheirCauseTest {}
