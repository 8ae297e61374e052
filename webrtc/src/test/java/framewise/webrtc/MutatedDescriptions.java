package framewise.webrtc;

import framewise.webrtc.sdp.NativeText;
import framewise.webrtc.sdp.Offer;
import framewise.webrtc.sdp.OwnTransport;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.SdpAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A program that feeds damaged offers and answers through the whole handling of remote
 * descriptions, for answers including the native library. Its arguments are the numbers of offers
 * and answers and the seed. It prints {@code offers taken refused refusedByLibrary} and the same
 * for answers, and exits with 1 when a message quotes the native library.
 */
public final class MutatedDescriptions {
  static final List<String> SEEDS =
      List.of("browser.sdp", "muxer.sdp", "simulcast.sdp", "small.sdp");

  private static final OwnTransport OWN =
      new OwnTransport(
          "frag",
          "passwordpasswordpassword",
          "sha-256 " + "AB:".repeat(31) + "AB",
          /* begins= */ true,
          /* lite= */ true,
          List.of(),
          1,
          2);

  private final Peers peers = new Peers(PeerOptions.DEFAULTS);

  private int taken;
  private int refused;
  private int refusedByLibrary;

  private MutatedDescriptions() {}

  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[2]);
    var program = new MutatedDescriptions();
    try {
      String answer;
      try (Pair pair = new Pair(program.peers)) {
        answer = pair.answer;
      }
      program.offers(Integer.parseInt(args[0]), new Mutations(seed));
      program.answers(Integer.parseInt(args[1]), new Mutations(seed), answer);
    } finally {
      program.peers.close();
    }
  }

  static String seed(String name) throws java.io.IOException {
    try (InputStream in = MutatedDescriptions.class.getResourceAsStream("offers/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    }
  }

  /** The number of lines written to do harm. */
  static int hostile() {
    return Mutations.LINES.size();
  }

  private void offers(int count, Mutations mutations) throws Exception {
    for (String line : Mutations.LINES) {
      String offer = seed("browser.sdp");
      offer(offer + line + "\r\n");
      offer(offer.replaceFirst("\r\nm=", "\r\n" + Matcher.quoteReplacement(line) + "\r\nm="));
    }
    for (int i = 0; i < count; i++) {
      offer(mutations.damage(seed(SEEDS.get(i % SEEDS.size()))));
    }
    print("offers");
  }

  private void offer(String offer) throws Exception {
    try {
      Offer.Step step = Offer.step(offer, address -> Optional.empty());
      requireSafe(step.description());
      answered(ReceiveAnswer.to(step));
      SessionDescription read = Offer.read(offer, address -> Optional.empty());
      requireSafe(read);
      answered(ReceiveAnswer.to(read));
      taken++;
    } catch (SdpRefusedException e) {
      note(e, offer);
    }
  }

  private static void answered(ReceiveAnswer answer) throws SdpRefusedException {
    String text = answer.print(OWN).toString();
    if (!NativeText.isSafe(text) || text.lines().anyMatch(line -> !line.matches("[a-z]=.*"))) {
      throw new AssertionError("our own answer is no safe text: " + text);
    }
    requireSafe(SessionDescription.parse(text));
  }

  private void answers(int count, Mutations mutations, String seed) throws Exception {
    for (int i = 0; i < count; i++) {
      String answer = mutations.damage(seed);
      try {
        requireSafe(SdpAnswer.read(answer));
        accepted(answer);
        taken++;
      } catch (SdpRefusedException e) {
        note(e, answer);
      }
    }
    print("answers");
  }

  /**
   * Each answer gets its own publisher, because the library accepts no answer after several
   * refusals.
   */
  private void accepted(String answer) throws SdpRefusedException, InterruptedException {
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      String _ = publisher.offer();
      publisher.accept(answer);
    }
  }

  private void note(SdpRefusedException e, String text) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("%") || message.matches("(?i).*(0x[0-9a-f]{4}|failed|expected|nil).*")) {
      throw new AssertionError("a message that is not ours: " + message + "\n" + text);
    }
    if (message.contains("does not accept")) {
      refusedByLibrary++;
    } else {
      refused++;
    }
  }

  private static void requireSafe(SessionDescription read) {
    if (!NativeText.isSafe(read.toString())) {
      throw new AssertionError("no safe text: " + read);
    }
  }

  private void print(String what) {
    System.out.println(what + " " + taken + " " + refused + " " + refusedByLibrary);
    taken = 0;
    refused = 0;
    refusedByLibrary = 0;
  }
}
