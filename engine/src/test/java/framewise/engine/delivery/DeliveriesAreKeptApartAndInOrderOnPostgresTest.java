package framewise.engine.delivery;

import framewise.engine.store.OnPostgres;

/** Deliveries in PostgreSQL. */
@OnPostgres
class DeliveriesAreKeptApartAndInOrderOnPostgresTest extends DeliveriesAreKeptApartAndInOrderTest {}
