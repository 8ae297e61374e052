package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.evidence.Evidence;
import framewise.engine.keep.FrameStore;
import framewise.engine.money.Spending;
import framewise.engine.notice.Notices;
import framewise.engine.session.plan.Plans;
import framewise.engine.session.plan.Streams;
import framewise.engine.store.Database;
import framewise.engine.watch.Watches;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Set;

/**
 * Everything that all sessions share.
 *
 * @param cutOff sessions whose run ended because nothing could be stored; they resume once storing
 *     works again
 * @param senderGrace how long a session waits for its sender after moving to another node; zero for
 *     no wait
 */
record SessionContext(
    Streams streams,
    Plans plans,
    Spending spending,
    Evidence evidence,
    FrameStore frames,
    Database database,
    Notices notices,
    Set<SessionId> cutOff,
    Watches watches,
    Duration senderGrace,
    WallClock clock) {}
