package framewise.engine.session;

import framewise.engine.store.OnPostgres;

/** Sessions in PostgreSQL. */
@OnPostgres
class SessionsOutliveTheProcessOnPostgresTest extends SessionsOutliveTheProcessTest {}
