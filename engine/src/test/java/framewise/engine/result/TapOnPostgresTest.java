package framewise.engine.result;

import framewise.engine.store.OnPostgres;

/** Taps of a log in PostgreSQL. */
@OnPostgres
class TapOnPostgresTest extends TapTest {}
