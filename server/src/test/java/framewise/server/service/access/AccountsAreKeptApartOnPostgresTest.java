package framewise.server.service.access;

import framewise.server.service.OnPostgres;

/** Accounts, shares, links and the audit log in PostgreSQL. */
@OnPostgres
class AccountsAreKeptApartOnPostgresTest extends AccountsAreKeptApartTest {}
