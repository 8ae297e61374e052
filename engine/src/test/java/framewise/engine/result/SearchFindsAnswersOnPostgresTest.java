package framewise.engine.result;

import framewise.engine.store.OnPostgres;

/** Full-text search in PostgreSQL finds the same as in SQLite. */
@OnPostgres
class SearchFindsAnswersOnPostgresTest extends SearchFindsAnswersTest {}
