package framewise.engine.result;

import framewise.engine.store.OnPostgres;

/** The same in PostgreSQL. */
@OnPostgres
class WhatFollowsIsStoredWithItsCauseOnPostgresTest extends FollowUpsAreStoredWithTheirCauseTest {}
