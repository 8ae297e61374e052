package framewise.engine.result;

import framewise.engine.store.OnPostgres;

/** The log in PostgreSQL. */
@OnPostgres
class ResultLogOnPostgresTest extends ResultLogTest {}
