package framewise.engine.session.restart;

import framewise.engine.store.OnPostgres;

/** Sessions in PostgreSQL. */
@OnPostgres
class SessionsOutliveTheProcessOnPostgresTest extends SessionsOutliveTheProcessTest {}
