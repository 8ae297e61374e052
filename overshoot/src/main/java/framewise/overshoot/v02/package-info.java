/**
 * A client of the Overshoot API v0.2. It creates streams, renews their leases, receives their
 * results and closes them; the caller sends the video over its own peer connection: the client
 * takes an SDP offer and returns an SDP answer. It needs only the JDK, Jackson and slf4j.
 *
 * <p>A complete program:
 *
 * {@snippet lang=java :
 * import framewise.overshoot.v02.OvershootStream;
 * import framewise.overshoot.v02.OvershootV02;
 * import framewise.overshoot.v02.ClientSettings;
 * import framewise.overshoot.v02.V02StreamEnd;
 * import framewise.overshoot.v02.V02StreamListener;
 * import framewise.overshoot.wire.ClipProcessing;
 * import framewise.overshoot.wire.CreateStreamRequest;
 * import framewise.overshoot.wire.Inference;
 * import framewise.overshoot.wire.InferenceResult;
 * import java.nio.file.Files;
 * import java.nio.file.Path;
 * import java.time.Duration;
 *
 * // Reads the text in a video. OVERSHOOT_API_KEY is set; the argument is a file with an SDP offer.
 * public class ReadText implements V02StreamListener {
 *
 *   public static void main(String[] args) throws Exception {
 *     watch(ClientSettings.of(System.getenv()), Files.readString(Path.of(args[0])));
 *   }
 *
 *   static void watch(ClientSettings settings, String offer) throws Exception {
 *     CreateStreamRequest request =
 *         CreateStreamRequest.ofOffer(
 *             offer,
 *             ClipProcessing.ofRatio(30, 0.1, 1, 1),
 *             Inference.of("Read any visible text", Inference.DEFAULT_MODEL));
 *     try (OvershootV02 overshoot = new OvershootV02(settings)) {
 *       OvershootStream stream = overshoot.open(request, new ReadText());
 *       System.out.println(stream.answer().orElseThrow()); // for the peer connection
 *       stream.awaitEnd(Duration.ofMinutes(1));
 *     }
 *   }
 *
 *   @Override
 *   public void onResult(InferenceResult result) {
 *     System.out.println(result.ok() ? result.result() : "failed: " + result.error());
 *   }
 *
 *   @Override
 *   public void onEnd(V02StreamEnd end) {
 *     System.out.println(end.text());
 *   }
 * }
 * }
 *
 * <p>Features:
 *
 * <ul>
 *   <li><b>Requests</b> are checked before they are sent; all problems are reported at once.
 *   <li><b>The lease</b> is renewed after half of it; temporary failures are retried while it
 *       lasts.
 *   <li><b>The results socket</b> reconnects after temporary failures and delivers no result twice.
 *       A slow listener makes the service wait; nothing is dropped here.
 *   <li><b>The end</b> is reported exactly once, last, with its reason and whether a new stream may
 *       continue.
 *   <li><b>Failures</b> are {@link framewise.overshoot.OvershootException}s, one subtype per
 *       reason, with what to do.
 *   <li><b>Secrets</b> never appear in a log, a message or a {@code toString}, even when the
 *       service quotes them.
 * </ul>
 *
 * <p>All calls block: use virtual threads. Each generation of the API has its own class and
 * package.
 */
@NullMarked
package framewise.overshoot.v02;

import org.jspecify.annotations.NullMarked;
