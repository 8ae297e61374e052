package framewise.webrtc.ice;

/**
 * Our side of ICE.
 *
 * @param sockets of media
 * @param servers addresses beyond the sockets' own
 * @param own credentials at the beginning
 * @param lite whether no checks are sent
 */
public record LocalIce(
    MediaSockets sockets, ServerAddresses servers, IceCredentials own, boolean lite)
    implements AutoCloseable {
  /** Releases the addresses that TURN servers allocated, and closes the sockets. */
  @Override
  public void close() {
    servers.close();
    sockets.close();
  }
}
