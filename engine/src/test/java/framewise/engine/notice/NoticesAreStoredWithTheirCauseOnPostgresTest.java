package framewise.engine.notice;

import framewise.engine.store.OnPostgres;

/** The stored notices in PostgreSQL. */
@OnPostgres
class NoticesAreStoredWithTheirCauseOnPostgresTest extends NoticesAreStoredWithTheirCauseTest {}
