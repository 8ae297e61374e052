package framewise.webrtc.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Accepts one layer of a sender's simulcast (RFC 8853), so that nothing arrives that is not
 * decoded. An answer that says nothing about layers makes the sender keep the first one of its
 * list, and LiveKit's browser client lists its smallest first.
 */
public final class ChosenLayer {
  /** LiveKit's names: full, half and quarter size. */
  private static final List<String> LARGEST_FIRST = List.of("f", "h", "q");

  /**
   * Header extensions that a sender of layers requires, even of a single one: Chromium refuses an
   * answer without them.
   */
  private static final List<String> EXTENSIONS =
      List.of(
          "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
          "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id");

  private ChosenLayer() {}

  /**
   * Our answer for the sender: with the largest layer of its video, if it has several, and the
   * initial bit rate of {@link SdpAnswer#START_KILOBITS}.
   *
   * @param offered the section of the video to receive, as offered
   */
  public static SessionDescription answer(SessionDescription own, MediaSection offered) {
    Optional<String> layer = of(offered);
    return own.mapMedia(
        section ->
            layer.isPresent() && section.isVideo() && section.id().equals(offered.id())
                ? SdpAnswer.withStartRate(with(section, layer.get(), offered))
                : SdpAnswer.withStartRate(section));
  }

  /**
   * Our answer for the sender of a single offer: with the largest layer of its video, if it has
   * several, and otherwise as it is.
   *
   * @param offer with all media but the wanted video inactive
   */
  public static SessionDescription ofLayers(SessionDescription own, SessionDescription offer) {
    return offer.media().stream()
        .filter(section -> section.isVideo() && of(section).isPresent())
        .findFirst()
        .map(section -> answer(own, section))
        .orElse(own);
  }

  /**
   * The layer to receive: the largest by the sizes that the sender states (RFC 8851), else
   * LiveKit's largest, else the one that the sender lists first, which it prefers (RFC 8853,
   * section 5.2). Empty for video without layers.
   */
  static Optional<String> of(MediaSection offered) {
    List<String> names =
        offered
            .attributes("simulcast")
            .flatMap(ChosenLayer::sent)
            .filter(name -> rid(offered, name).isPresent())
            .toList();
    Optional<String> bySize =
        names.stream()
            .filter(name -> pixels(offered, name) > 0)
            .max(Comparator.comparingLong(name -> pixels(offered, name)));
    return bySize
        .or(() -> LARGEST_FIRST.stream().filter(names::contains).findFirst())
        .or(() -> names.stream().findFirst());
  }

  /** The restrictions in {@code a=rid:NAME send RESTRICTIONS}; empty without such a line. */
  private static Optional<String> rid(MediaSection offered, String name) {
    return offered
        .attributes("rid")
        .filter(value -> value.equals(name + " send") || value.startsWith(name + " send "))
        .map(value -> value.substring((name + " send").length()).strip())
        .findFirst();
  }

  /** Stated size of a layer, in pixels; 0 where it is not stated. */
  private static long pixels(MediaSection offered, String name) {
    String restrictions = rid(offered, name).orElse("");
    return stated(restrictions, "max-width") * stated(restrictions, "max-height");
  }

  private static long stated(String restrictions, String what) {
    return Stream.of(restrictions.split(";", -1))
        .map(each -> each.strip().split("=", 2))
        .filter(each -> each.length == 2 && each[0].equals(what) && each[1].matches("\\d{1,5}"))
        .mapToLong(each -> Long.parseLong(each[1]))
        .findFirst()
        .orElse(0);
  }

  /** The names in {@code send a;~b,c}: of alternatives the first, paused or not. */
  private static Stream<String> sent(String simulcast) {
    List<String> words = List.of(simulcast.split(" ", -1));
    int send = words.indexOf("send");
    return send < 0 || send + 1 == words.size()
        ? Stream.empty()
        : Stream.of(words.get(send + 1).split(";", -1))
            .map(alternatives -> alternatives.split(",", 2)[0].replace("~", ""));
  }

  private static MediaSection with(MediaSection section, String layer, MediaSection offered) {
    List<String> lines =
        new ArrayList<>(
            section
                .without(line -> line.startsWith("a=rid:") || line.startsWith("a=simulcast:"))
                .lines());
    offered
        .attributes("extmap")
        .map(value -> value.split(" ", 2))
        .filter(words -> words.length == 2 && EXTENSIONS.contains(words[1]))
        .filter(
            words -> section.attributes("extmap").noneMatch(own -> own.endsWith(" " + words[1])))
        .forEach(words -> lines.add("a=extmap:" + words[0].split("/", 2)[0] + " " + words[1]));
    lines.add("a=rid:" + layer + " recv");
    lines.add("a=simulcast:recv " + layer);
    return new MediaSection(lines);
  }
}
