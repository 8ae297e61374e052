package framewise.webrtc.sdp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints our answer to an offer whose video our own receiver takes. */
public final class ReceiveAnswer {
  /** The lines that a section keeps when its media is not used. */
  private static final List<String> OF_IDLE_MEDIA =
      List.of("a=mid:", "a=rtpmap:", "a=fmtp:", "c=", "a=sctp-port:", "a=max-message-size:");

  private static final String CHANNELS = "application";

  private final SessionDescription offer;
  private final Optional<MediaSection> video;
  private final VideoTerms terms;

  /** The section that carries the transport; the others share it. */
  private final MediaSection carrier;

  /** Whether data channels are accepted, though none of their messages is read. */
  private final boolean channels;

  private ReceiveAnswer(
      SessionDescription offer,
      Optional<MediaSection> video,
      MediaSection carrier,
      boolean channels) {
    this.offer = offer;
    this.video = video;
    this.terms = video.map(VideoTerms::of).orElse(VideoTerms.NONE);
    this.carrier = carrier;
    this.channels = channels;
  }

  /**
   * Prepares the answer to a single offer.
   *
   * @param offer of {@link Offer#read}
   */
  public static ReceiveAnswer to(SessionDescription offer) throws SdpRefusedException {
    MediaSection video = sent(offer).orElseThrow(() -> SdpReader.malformed("It has no video."));
    return new ReceiveAnswer(offer, Optional.of(video), video, /* channels= */ false);
  }

  /**
   * Prepares the answer to one of several offers. Its data channels are accepted, because a client
   * that wants some gives up a connection without them; Framewise sends nothing over them.
   *
   * @throws SdpRefusedException when all its sections are off
   */
  public static ReceiveAnswer to(Offer.Step step) throws SdpRefusedException {
    SessionDescription offer = step.description();
    Optional<MediaSection> video = step.video().isPresent() ? sent(offer) : Optional.empty();
    MediaSection carrier =
        video
            .or(() -> offer.media().stream().filter(MediaSection::isOn).findFirst())
            .orElseThrow(() -> SdpReader.malformed("It has no media section that is in use."));
    return new ReceiveAnswer(offer, video, carrier, /* channels= */ true);
  }

  /** The one video that the peer sends, in an offer whose other media is idle. */
  private static Optional<MediaSection> sent(SessionDescription offer) {
    return offer.media().stream()
        .filter(section -> section.isVideo() && section.isOn())
        .filter(section -> !section.direction().equals("inactive"))
        .findFirst();
  }

  /** The accepted terms of the video. */
  public VideoTerms terms() {
    return terms;
  }

  /** The peer's user fragment of ICE. */
  public String remoteFragment() {
    return attribute("ice-ufrag").orElse("");
  }

  /** The peer's password of ICE. */
  public String remotePassword() {
    return attribute("ice-pwd").orElse("");
  }

  /** Whether the peer only answers checks (RFC 8445, section 2.5), so that we have to send them. */
  public boolean isRemoteLite() {
    return offer.session().contains("a=ice-lite");
  }

  /** The peer's addresses that may be tried. */
  public List<InetSocketAddress> remoteAddresses() {
    return offer.media().stream()
        .flatMap(section -> section.lines().stream())
        .flatMap(line -> Candidate.parse(line).stream())
        .flatMap(candidate -> candidate.socket().stream())
        .distinct()
        .toList();
  }

  /** The hashes of the peer's certificate. */
  public List<String> remoteFingerprints() {
    List<String> own = carrier.attributes("fingerprint").toList();
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
      boolean isVideo = video.filter(section::equals).isPresent();
      if (isVideo ? !terms.codecs().isEmpty() : isIdle(section, bundle)) {
        section.id().ifPresent(accepted::add);
        sections.add(own.addTo(isVideo ? terms.answer(section) : idle(section)));
      } else {
        sections.add(rejected(section));
      }
    }
    List<String> session = new ArrayList<>(own.session());
    if (!bundle.isEmpty()) {
      session.add("a=group:BUNDLE " + String.join(" ", accepted));
    }
    SessionDescription printed = new SessionDescription(session, sections);
    if (video.isEmpty()) {
      return printed;
    }
    Offer.requireTaken(printed, offer);
    return ChosenLayer.ofLayers(printed, offer);
  }

  /** Whether a section shares our transport without being received. */
  private boolean isIdle(MediaSection section, Set<String> bundle) {
    boolean shares =
        section.equals(carrier)
            ? video.isEmpty()
            : section.id().filter(bundle::contains).isPresent();
    boolean known =
        section.isVideo()
            || section.kind().equals("audio")
            || (channels && section.kind().equals(CHANNELS));
    return shares && known && section.isOn();
  }

  /** The ids of the sections that share the transport. */
  private List<String> bundled() {
    String id = carrier.id().orElse("");
    return offer.session().stream()
        .filter(line -> line.startsWith("a=group:BUNDLE "))
        .map(line -> List.of(line.substring("a=group:BUNDLE ".length()).split(" ", -1)))
        .filter(ids -> ids.contains(id))
        .findFirst()
        .orElse(List.of());
  }

  private Optional<String> attribute(String name) {
    return carrier.attributes(name).findFirst().or(() -> anywhere(name).stream().findFirst());
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

  /**
   * Keeps the header extensions: Chromium offers none for later video that this answer leaves out.
   */
  private MediaSection idle(MediaSection section) {
    MediaSection kept =
        section.without(
            line ->
                OF_IDLE_MEDIA.stream().noneMatch(line::startsWith)
                    && !line.equals("a=rtcp-mux")
                    && !(channels && VideoTerms.isKnownExtension(line)));
    return section.kind().equals(CHANNELS) ? kept : kept.withDirection("inactive");
  }

  private static MediaSection rejected(MediaSection section) {
    String[] words = section.lines().getFirst().split(" ", 3);
    List<String> lines = new ArrayList<>();
    lines.add("%s 0 %s".formatted(words[0], words[2]));
    lines.add("c=IN IP4 0.0.0.0");
    section.id().ifPresent(id -> lines.add("a=mid:" + id));
    if (!section.kind().equals(CHANNELS)) {
      lines.add("a=inactive");
    }
    return new MediaSection(lines);
  }
}
