package framewise.engine.session;

import framewise.engine.store.OnPostgres;

/** Spending in PostgreSQL. */
@OnPostgres
class EveryTokenIsBookedOnPostgresTest extends EveryTokenIsBilledTest {}
