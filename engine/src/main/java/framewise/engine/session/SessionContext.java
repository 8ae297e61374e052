package framewise.engine.session;

import framewise.engine.WallClock;
import framewise.engine.evidence.Evidence;
import framewise.engine.money.Spending;
import framewise.engine.store.Database;

/** What all sessions share. */
record SessionContext(
    Streams streams,
    Plans plans,
    Spending spending,
    Evidence evidence,
    Database database,
    WallClock clock) {}
