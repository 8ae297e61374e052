package framewise.server.livekit;

import framewise.engine.session.Session;
import framewise.server.access.secret.ShownSession;
import framewise.server.peer.OffererAddress;

/**
 * A client whose request to open a socket was accepted.
 *
 * @param token content of its token
 * @param session of the stream
 * @param from the client's address, the only one that may be tried
 */
record SignalEntry(ShownSession token, Session session, JoinRequest join, OffererAddress from) {}
