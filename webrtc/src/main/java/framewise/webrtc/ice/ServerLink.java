package framewise.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to one STUN or TURN server from one of our sockets: retransmits each until it is
 * answered, and logs in where the server wants it (RFC 8489, section 9.2). Used by the thread that
 * reads the sockets, except where noted.
 */
final class ServerLink {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

  /** RFC 8489, section 6.2.1: the first wait, each following one being twice as long. */
  private static final long FIRST_WAIT_NANOS = 500_000_000;

  private static final int MAX_SENDS = 6;

  /** One without login, one with, and one with a new nonce. */
  private static final int MAX_TRIES = 3;

  private static final int UNAUTHENTICATED = 401;
  private static final int STALE_NONCE = 438;

  /** No answer came. */
  static final int TIMED_OUT = 0;

  private final DatagramChannel socket;
  private final InetSocketAddress local;
  private final StunServer server;
  private final Map<ByteBuffer, PendingRequest> pending = new HashMap<>();
  private String realm = "";
  private byte @Nullable [] nonce;
  private byte[] key = {};

  /** Receives the outcome of a request. */
  interface Outcome {
    void success(StunMessage response, long nanos);

    /**
     * Called when the server refused, or did not answer.
     *
     * @param code such as 486; {@link ServerLink#TIMED_OUT} without an answer
     */
    void failure(int code);
  }

  private static final class PendingRequest {
    final int type;
    final Consumer<StunWriter> attributes;
    final Outcome outcome;
    final int tries;
    final byte[] bytes;
    final boolean signed;
    int sends;
    long nextAt;

    PendingRequest(
        int type,
        Consumer<StunWriter> attributes,
        Outcome outcome,
        int tries,
        byte[] bytes,
        boolean signed) {
      this.type = type;
      this.attributes = attributes;
      this.outcome = outcome;
      this.tries = tries;
      this.bytes = bytes;
      this.signed = signed;
    }
  }

  /**
   * @param local the socket's address
   */
  ServerLink(DatagramChannel socket, InetSocketAddress local, StunServer server) {
    this.socket = socket;
    this.local = local;
    this.server = server;
  }

  StunServer server() {
    return server;
  }

  /** Our side. */
  DatagramChannel socket() {
    return socket;
  }

  /** Our socket's own address. */
  InetSocketAddress local() {
    return local;
  }

  /** Whether a datagram over this path is the server's. */
  boolean isOver(NetworkPath path) {
    return path.relay().isEmpty()
        && path.socket().equals(socket)
        && path.remote().equals(server.address());
  }

  /**
   * Sends a request.
   *
   * @param attributes writes its attributes, each time a new request is made of them
   */
  void request(int type, Consumer<StunWriter> attributes, Outcome outcome, long nanos) {
    request(type, attributes, outcome, 1, nanos);
  }

  /** Sends a datagram, without expecting an answer. Any thread may call it. */
  void send(byte[] datagram) {
    new NetworkPath(socket, server.address(), Optional.empty()).send(ByteBuffer.wrap(datagram));
  }

  /** Retransmits requests that were not answered in time. */
  void tick(long nanos) {
    Iterator<PendingRequest> each = pending.values().iterator();
    List<PendingRequest> lost = new ArrayList<>();
    while (each.hasNext()) {
      PendingRequest one = each.next();
      if (nanos < one.nextAt) {
        continue;
      }
      if (one.sends >= MAX_SENDS) {
        each.remove();
        lost.add(one);
      } else {
        transmit(one, nanos);
      }
    }
    lost.forEach(one -> one.outcome.failure(TIMED_OUT));
  }

  /** Takes the server's answer; false when it answers none of our requests. */
  boolean take(StunMessage response, long nanos) {
    ByteBuffer id = ByteBuffer.wrap(response.transaction());
    PendingRequest asked = pending.get(id);
    if (asked == null) {
      return false;
    }
    if (response.isSuccessOf(asked.type)) {
      if (!asked.signed || response.isFrom(key)) {
        pending.remove(id);
        asked.outcome.success(response, nanos);
      }
    } else if (response.isErrorOf(asked.type)) {
      pending.remove(id);
      refused(asked, response, nanos);
    }
    return true;
  }

  private void refused(PendingRequest asked, StunMessage response, long nanos) {
    int code = response.errorCode();
    boolean again =
        (code == UNAUTHENTICATED && !asked.signed) || (code == STALE_NONCE && asked.signed);
    byte[] fresh = response.attributes().get(StunMessage.NONCE);
    Optional<StunServer.TurnLogin> login = server.login();
    if (again && fresh != null && login.isPresent() && asked.tries < MAX_TRIES) {
      nonce = fresh;
      if (response.has(StunMessage.REALM)) {
        realm = response.text(StunMessage.REALM);
      }
      key = longTermKey(login.get());
      request(asked.type, asked.attributes, asked.outcome, asked.tries + 1, nanos);
      return;
    }
    LOG.debug("A STUN or TURN server refused a request with {}", code);
    asked.outcome.failure(code == TIMED_OUT ? -1 : code);
  }

  private void request(
      int type, Consumer<StunWriter> attributes, Outcome outcome, int tries, long nanos) {
    byte[] transaction = StunWriter.newTransaction();
    byte[] bytes = write(type, transaction, attributes);
    var one = new PendingRequest(type, attributes, outcome, tries, bytes, nonce != null);
    pending.put(ByteBuffer.wrap(transaction), one);
    transmit(one, nanos);
  }

  /** A request's bytes, with our login once the server has asked for it. */
  byte[] write(int type, byte[] transaction, Consumer<StunWriter> attributes) {
    var writer = new StunWriter(type, transaction);
    attributes.accept(writer);
    byte[] known = nonce;
    Optional<StunServer.TurnLogin> login = server.login();
    return known == null || login.isEmpty()
        ? writer.plain()
        : writer
            .put(StunMessage.USERNAME, login.get().user())
            .put(StunMessage.REALM, realm)
            .put(StunMessage.NONCE, known)
            .signed(key);
  }

  private void transmit(PendingRequest one, long nanos) {
    one.nextAt = nanos + (FIRST_WAIT_NANOS << one.sends);
    one.sends++;
    send(one.bytes);
  }

  /** RFC 8489, section 9.2.2. */
  private byte[] longTermKey(StunServer.TurnLogin login) {
    String text = login.user() + ":" + realm + ":" + login.password();
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
