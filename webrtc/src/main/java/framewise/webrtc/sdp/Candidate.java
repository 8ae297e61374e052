package framewise.webrtc.sdp;

import framewise.media.network.AddressRule;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transport address of a peer: the {@code a=candidate} line of RFC 8839, 5.1.
 *
 * @param head foundation, component, transport and priority, as written
 * @param address an IP address or a name
 * @param port 0 to 65535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param tail the rest after the type, with its leading space; may be empty
 */
public record Candidate(String head, String address, int port, String type, String tail) {
  private static final String START = "a=candidate:";

  private static final Pattern LINE =
      Pattern.compile(
          START
              + "([A-Za-z0-9+/]{1,32} [0-9]{1,3} [A-Za-z]{1,8} [0-9]{1,10}) ([^ ]{1,253}) ([0-9]{1,5})"
              + " typ ([a-z]{1,8})((?: .*)?)");

  /** UDP, and the only component that {@code rtcp-mux} leaves. */
  private static final Pattern USED = Pattern.compile("([a-z0-9+/]{1,32}) 1 udp ([0-9]{1,10})");

  private static final long MAX_PRIORITY = 0xFFFF_FFFFL;

  private static final int HOST_PREFERENCE = 126;
  private static final int REFLEXIVE_PREFERENCE = 100;
  private static final int RELAYED_PREFERENCE = 0;
  private static final int COMPONENT_PREFERENCE = 255;

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  public static boolean isCandidate(String line) {
    return line.startsWith(START);
  }

  /** Parses a line; empty when it is not a valid candidate. */
  public static Optional<Candidate> parse(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(found.group(3));
    return port > 65_535
        ? Optional.empty()
        : Optional.of(
            new Candidate(found.group(1), found.group(2), port, found.group(4), found.group(5)));
  }

  /** The address, unless it is a name that needs a look-up. */
  public Optional<InetAddress> literal() {
    boolean looksRight =
        IPV4.matcher(address).matches() || (address.contains(":") && !address.contains("%"));
    if (!looksRight) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A candidate of our own (RFC 8445, section 5.1.2), for the only component: a socket's address.
   *
   * @param foundation the same for those of one kind and base
   * @param preference of its address among ours, 0 to 65535
   */
  public static Candidate host(int foundation, int preference, InetSocketAddress at) {
    return own(foundation, HOST_PREFERENCE, preference, at, "host", "");
  }

  /**
   * A server-reflexive candidate of our own: an address that a router gives one of our sockets.
   *
   * @param base the socket's address
   */
  public static Candidate reflexive(
      int foundation, int preference, InetSocketAddress at, InetSocketAddress base) {
    return own(foundation, REFLEXIVE_PREFERENCE, preference, at, "srflx", related(base));
  }

  /**
   * A relayed candidate of our own: an address that a TURN server allocated for one of our sockets.
   *
   * @param base the socket's address
   */
  public static Candidate relayed(
      int foundation, int preference, InetSocketAddress at, InetSocketAddress base) {
    return own(foundation, RELAYED_PREFERENCE, preference, at, "relay", related(base));
  }

  /** The address with its port, unless it is a name that needs a look-up. */
  public Optional<InetSocketAddress> socket() {
    return literal().map(place -> new InetSocketAddress(place, port));
  }

  private static String related(InetSocketAddress base) {
    return " raddr %s rport %d".formatted(text(base), base.getPort());
  }

  private static Candidate own(
      int foundation,
      int typePreference,
      int preference,
      InetSocketAddress at,
      String type,
      String tail) {
    long priority = ((long) typePreference << 24) + ((long) preference << 8) + COMPONENT_PREFERENCE;
    return new Candidate(
        "%d 1 udp %d".formatted(foundation, priority), text(at), at.getPort(), type, tail);
  }

  private static String text(InetSocketAddress at) {
    String text = at.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return at.getAddress() instanceof Inet4Address || zone < 0 ? text : text.substring(0, zone);
  }

  /**
   * Parses a candidate that was sent alone (trickle ICE), like those of an offer.
   *
   * @param text without or with {@code a=} before it
   * @param rule which addresses may be tried
   * @return empty when it is not a valid candidate, or is not to be tried
   */
  public static Optional<Candidate> trickled(String text, AddressRule rule) {
    String line = text.startsWith("a=") ? text : "a=" + text;
    return Optional.of(line)
        .filter(each -> each.length() <= SessionDescription.MAX_LINE_LENGTH)
        .flatMap(Candidate::parse)
        .flatMap(Candidate::plain)
        .filter(one -> one.literal().filter(at -> rule.refusal(at).isEmpty()).isPresent());
  }

  /**
   * The candidate as it is used: its address normalised, nothing after its type. Empty for one that
   * is not used here, such as TCP, or a name.
   */
  Optional<Candidate> plain() {
    Matcher used = USED.matcher(head.toLowerCase(Locale.ROOT));
    boolean known = Set.of("host", "srflx", "prflx", "relay").contains(type);
    if (!used.matches() || !known || port == 0 || Long.parseLong(used.group(2)) > MAX_PRIORITY) {
      return Optional.empty();
    }
    String start = head.substring(0, used.end(1)) + " 1 udp " + used.group(2);
    return literal()
        .map(place -> new Candidate(start, place.getHostAddress(), port, type, " generation 0"));
  }

  public Candidate withAddress(String other) {
    return new Candidate(head, other, port, type, tail);
  }

  /** The whole line. */
  @Override
  public String toString() {
    return START + head + " " + address + " " + port + " typ " + type + tail;
  }
}
