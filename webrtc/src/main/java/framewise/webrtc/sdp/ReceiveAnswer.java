package framewise.webrtc.sdp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Prints our answer to an offer whose video our own receiver takes. */
public final class ReceiveAnswer {
  /** RFC 8445, section 5.1.2: a host's own address, and the only component. */
  private static final long HOST_PREFERENCE = 126L << 24;

  private static final int COMPONENT_PREFERENCE = 255;

  private final SessionDescription offer;
  private final MediaSection video;
  private final VideoTerms terms;

  /**
   * Our side of the transport.
   *
   * @param fragment of ICE
   * @param password of ICE
   * @param fingerprint of our certificate, such as {@code sha-256 0A:1B}
   * @param addresses under which the peer may reach us, the preferred first
   */
  public record OwnTransport(
      String fragment, String password, String fingerprint, List<InetSocketAddress> addresses) {
    public OwnTransport {
      addresses = List.copyOf(addresses);
    }

    @Override
    public String toString() {
      return "OwnTransport[fragment=%s, password=***]".formatted(fragment);
    }
  }

  private ReceiveAnswer(SessionDescription offer, MediaSection video) {
    this.offer = offer;
    this.video = video;
    this.terms = VideoTerms.of(video);
  }

  /**
   * Prepares an answer.
   *
   * @param offer of {@link Offer#read}
   */
  public static ReceiveAnswer to(SessionDescription offer) throws SdpRefusedException {
    MediaSection video =
        offer.media().stream()
            .filter(section -> section.isVideo() && section.isOn())
            .filter(section -> !section.direction().equals("inactive"))
            .findFirst()
            .orElseThrow(() -> SdpReader.malformed("It has no video."));
    return new ReceiveAnswer(offer, video);
  }

  /** What is accepted of the video. */
  public VideoTerms terms() {
    return terms;
  }

  /** The peer's user fragment of ICE. */
  public String remoteFragment() {
    return attribute("ice-ufrag").orElse("");
  }

  /** The hashes of the peer's certificate. */
  public List<String> remoteFingerprints() {
    List<String> own = video.attributes("fingerprint").toList();
    return own.isEmpty() ? anywhere("fingerprint") : own;
  }

  /** Whether we begin the DTLS handshake: the peer leaves it to us, or wants us to. */
  public boolean beginsHandshake() {
    return !attribute("setup").orElse("actpass").equals("active");
  }

  /**
   * Prints the answer.
   *
   * @throws SdpRefusedException when no codec of the offer is supported
   */
  public SessionDescription print(OwnTransport own) throws SdpRefusedException {
    Set<String> bundle = new HashSet<>(bundled());
    List<MediaSection> sections = new ArrayList<>();
    List<String> accepted = new ArrayList<>();
    for (MediaSection section : offer.media()) {
      boolean wanted = section.equals(video) && !terms.codecs().isEmpty();
      boolean idle =
          !section.equals(video)
              && section.isOn()
              && section.id().filter(bundle::contains).isPresent()
              && (section.isVideo() || section.kind().equals("audio"));
      if (wanted || idle) {
        section.id().ifPresent(accepted::add);
        MediaSection answer = wanted ? terms.answer(section) : idle(section);
        sections.add(withTransport(answer, own));
      } else {
        sections.add(rejected(section));
      }
    }
    List<String> session = new ArrayList<>();
    session.add("v=0");
    session.add(
        "o=- %d 2 IN IP4 127.0.0.1".formatted(ThreadLocalRandom.current().nextLong(1L << 62)));
    session.add("s=-");
    session.add("t=0 0");
    if (!bundle.isEmpty()) {
      session.add("a=group:BUNDLE " + String.join(" ", accepted));
    }
    session.add("a=ice-lite");
    SessionDescription printed = new SessionDescription(session, sections);
    Offer.requireTaken(printed, offer);
    return ChosenLayer.ofLayers(printed, offer);
  }

  /** The ids of the sections that share the video's transport. */
  private List<String> bundled() {
    String id = video.id().orElse("");
    return offer.session().stream()
        .filter(line -> line.startsWith("a=group:BUNDLE "))
        .map(line -> List.of(line.substring("a=group:BUNDLE ".length()).split(" ", -1)))
        .filter(ids -> ids.contains(id))
        .findFirst()
        .orElse(List.of());
  }

  private Optional<String> attribute(String name) {
    return video.attributes(name).findFirst().or(() -> anywhere(name).stream().findFirst());
  }

  private List<String> anywhere(String name) {
    String start = "a=" + name + ":";
    List<String> session =
        offer.session().stream()
            .filter(line -> line.startsWith(start))
            .map(line -> line.substring(start.length()))
            .toList();
    return session.isEmpty()
        ? offer.media().stream()
            .map(section -> section.attributes(name).toList())
            .filter(values -> !values.isEmpty())
            .findFirst()
            .orElse(List.of())
        : session;
  }

  private static MediaSection idle(MediaSection section) {
    return section
        .without(
            line ->
                !line.startsWith("a=mid:")
                    && !line.startsWith("a=rtpmap:")
                    && !line.startsWith("a=fmtp:")
                    && !line.startsWith("c=")
                    && !line.equals("a=rtcp-mux"))
        .withDirection("inactive");
  }

  private static MediaSection rejected(MediaSection section) {
    String[] words = section.lines().getFirst().split(" ", 3);
    List<String> lines = new ArrayList<>();
    lines.add("%s 0 %s".formatted(words[0], words[2]));
    lines.add("c=IN IP4 0.0.0.0");
    section.id().ifPresent(id -> lines.add("a=mid:" + id));
    if (!section.kind().equals("application")) {
      lines.add("a=inactive");
    }
    return new MediaSection(lines);
  }

  private MediaSection withTransport(MediaSection section, OwnTransport own) {
    List<String> lines = new ArrayList<>(section.lines());
    lines.set(0, lines.getFirst().replaceFirst(" [0-9/]+ ", " 9 "));
    lines.add("a=ice-ufrag:" + own.fragment());
    lines.add("a=ice-pwd:" + own.password());
    lines.add("a=fingerprint:" + own.fingerprint());
    lines.add("a=setup:" + (beginsHandshake() ? "active" : "passive"));
    int preference = 65_535;
    int foundation = 1;
    for (InetSocketAddress address : own.addresses()) {
      long priority = HOST_PREFERENCE + ((long) preference << 8) + COMPONENT_PREFERENCE;
      lines.add(
          "a=candidate:%d 1 udp %d %s %d typ host"
              .formatted(foundation, priority, literal(address), address.getPort()));
      preference--;
      foundation++;
    }
    lines.add("a=end-of-candidates");
    return new MediaSection(lines);
  }

  private static String literal(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return address.getAddress() instanceof Inet4Address || zone < 0
        ? text
        : text.substring(0, zone);
  }
}
