package framewise.server.warm;

import framewise.media.MediaTime;
import framewise.media.decode.LiveCodec;
import framewise.media.decode.LiveDecoder;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import framewise.time.Stopwatch;
import framewise.vision.AskListener;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.PictureEncoding;
import framewise.vision.local.LocalBackend;
import framewise.webrtc.Peers;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of a first answer about live video once, while the service starts: a handshake,
 * decoding, JPEG, a question. They load libraries and compile code, for which the first sender
 * would wait otherwise. Nothing leaves this process, and no data of users is touched.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A later round costs some milliseconds; code is compiled after some rounds. */
  private static final int ROUNDS = 3;

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  /** A grey key frame of 64x64 in VP8. */
  private static final byte[] KEY_FRAME =
      Base64.getDecoder().decode("8AIAnQEqQABAAABHCIWFiIWEiAICAAZwSdlvVBakJeIA/mgA");

  private final Peers peers;

  /** One step, whose failure delays the first answer and nothing else. */
  private interface WarmUpStep {
    void run() throws Exception;
  }

  WarmUp(Peers peers) {
    this.peers = peers;
  }

  /**
   * Starts it on threads of its own, and returns at once.
   *
   * @param peers for which a handshake is prepared
   */
  public static void start(Peers peers) {
    var warmUp = new WarmUp(peers);
    begin("warm-up-peers", warmUp::prepare);
    begin("warm-up-question", warmUp::ask);
  }

  private static void begin(String name, WarmUpStep step) {
    Thread _ = Thread.ofPlatform().daemon().name(name).start(() -> take(step));
  }

  /** Any failure will show again, with its cause, when a user needs that step. */
  private static void take(WarmUpStep step) {
    Stopwatch watch = Stopwatch.start();
    try {
      step.run();
      LOG.debug("{} took {} ms", Thread.currentThread().getName(), watch.elapsed().toMillis());
    } catch (Exception | LinkageError e) {
      LOG.debug("{} failed", Thread.currentThread().getName(), e);
    }
  }

  /** Prepares for the first sender. */
  void prepare() throws Exception {
    peers.prepare(PATIENCE);
  }

  /**
   * Prepares for the first question.
   *
   * @return the newest answer
   */
  String ask() throws Exception {
    try (LiveDecoder decoder = LiveDecoder.open(LiveCodec.VP8, WIDTH)) {
      for (int i = 0; i < ROUNDS; i++) {
        Optional<LiveDecoder.DecodedPicture> decoded = decoder.decode(KEY_FRAME);
        if (decoded.isPresent()) {
          try (LiveDecoder.DecodedPicture picture = decoded.get()) {
            picture.frame(0, MediaTime.ZERO).close();
          }
        }
      }
    }
    try (var model = new CannedModel();
        var backend =
            LocalBackend.at(
                new Access(
                    Optional.empty(),
                    Optional.of(model.address()),
                    Optional.of("canned"),
                    PATIENCE,
                    PictureEncoding.DEFAULT))) {
      String answer = "";
      for (int i = 0; i < ROUNDS; i++) {
        try (Clip clip = clip()) {
          answer = backend.ask(clip, Question.of("What is there?"), AskListener.NONE).text();
        }
      }
      return answer;
    }
  }

  private static Clip clip() {
    byte[] grey = new byte[(int) PixelFormat.I420.bytes(WIDTH, HEIGHT)];
    try (Frame frame =
        Frame.of(MemorySegment.ofArray(grey), WIDTH, HEIGHT, PixelFormat.I420, MediaTime.ZERO)) {
      Frame converted = frame.convert(WIDTH, HEIGHT, PixelFormat.BGR24);
      return new Clip(0, MediaTime.ZERO, MediaTime.ZERO, List.of(converted));
    }
  }
}
