package framewise.vision.vllmomni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.NewestSlot;
import framewise.media.Sampling;
import framewise.media.picture.Frame;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import framewise.vision.AnswerText;
import framewise.vision.FinishReason;
import framewise.vision.OpenStream;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import framewise.vision.chat.Access;
import framewise.vision.chat.wire.BaseUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session at a server of vLLM-Omni. A thread sends the newest picture and, every {@code
 * delay_seconds}, the prompt, unless the server still answers the last one. A picture that the
 * server could not read in time is dropped for a newer one. An empty answer is silence, which is no
 * result.
 */
final class OmniSession implements OpenStream, OmniSocket.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(OmniSession.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** Pictures that the server may have to read; the next one waits, and newer ones replace it. */
  private static final int MAX_UNREAD_PICTURES = 2;

  /** The server ends a session after 60 s without a message. */
  private static final Duration ALIVE = Duration.ofSeconds(20);

  /** Answers in a row that did not come in time, after which the session counts as stuck. */
  private static final int MAX_LATE_ANSWERS = 3;

  private final Access access;
  private final OmniStreamEnds ends;
  private final OmniConfig config;
  private final StreamListener listener;
  private final Duration every;
  private final NewestSlot<TimedPicture> pictures =
      new NewestSlot<>(shown -> shown.frame().close());
  private final CompletableFuture<Optional<String>> accepted = new CompletableFuture<>();
  private final OmniTurn turn = new OmniTurn();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ReentrantLock reporting = new ReentrantLock();
  private volatile String prompt;
  private volatile long newestNanos;
  private volatile @Nullable OmniSocket socket;
  private final Stopwatch sent = Stopwatch.start();
  private long askedNanos;
  private int unasked;
  private int late;

  /** A picture and when it was shown. */
  private record TimedPicture(Frame frame, long nanos) {}

  private OmniSession(
      Access access, OmniConfig config, String prompt, Sampling sampling, StreamListener listener) {
    this.access = access;
    this.ends = new OmniStreamEnds(access);
    this.config = config;
    this.prompt = prompt;
    this.every = Duration.ofNanos((long) (sampling.delaySeconds() * 1e9));
    this.listener = listener;
  }

  /** Opens a session and waits until the server accepts it. */
  static OmniSession open(
      Access access, OmniConfig config, String prompt, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException {
    var session = new OmniSession(access, config, prompt, sampling, listener);
    boolean open = false;
    try {
      session.connect();
      open = true;
    } finally {
      if (!open) {
        session.close();
      }
    }
    Thread.ofPlatform().daemon().name("vllm-omni").start(session::run);
    return session;
  }

  @Override
  public void send(Frame frame) {
    if (!over.get()
        && pictures.replace(new TimedPicture(frame.share(), WallClock.system().nanos()))) {
      report(() -> listener.dropped(1));
    }
  }

  /** The next question contains it; the current one is answered first. */
  @Override
  public void updatePrompt(String other) {
    prompt = other;
  }

  @Override
  public void close() {
    over.set(true);
    release();
  }

  @Override
  public void received(JsonNode message) {
    String type = message.path("type").asText();
    if (!accepted.isDone()) {
      accept(type, message.path("message").asText());
      return;
    }
    switch (type) {
      // The server may also begin answers by itself.
      case "response.start" -> turn.begin(asked());
      case "response.text.done" ->
          turn.end().ifPresent(asked -> answered(asked, message.path("text").asText()));
      case "error" -> failed(message.path("message").asText("unknown error"));
      default -> {} // parts of answers, and what later versions may add
    }
  }

  @Override
  public void lost(String why) {
    accepted.complete(Optional.of(why));
    end(ends.lost(why));
  }

  private void connect() throws StreamRefusedException, InterruptedException {
    Duration patience = access.timeout();
    try {
      OmniSocket opened = OmniSocket.connect(address(), this);
      socket = opened;
      opened.send(config.json(), patience);
      ping(opened, patience);
      Optional<String> refusal = accepted.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (refusal.isPresent()) {
        throw new StreamRefusedException(ends.unwanted(refusal.get()), null);
      }
    } catch (ExecutionException e) {
      throw new StreamRefusedException(ends.refused(e.getCause()), e);
    } catch (IOException e) {
      throw new StreamRefusedException(ends.refused(e), e);
    } catch (TimeoutException e) {
      throw new StreamRefusedException(ends.late(patience.toSeconds()), e);
    }
  }

  /** The server does not confirm a configuration, but it answers the message after it. */
  private static void ping(OmniSocket opened, Duration patience)
      throws IOException, InterruptedException {
    try {
      opened.send(message("ping"), patience);
    } catch (IOException e) {
      // The server refuses and closes at once: its reason has come or follows.
      LOG.debug("the ping after the configuration was not sent", e);
    }
  }

  private URI address() {
    var base = new BaseUrl(access.baseUrl().orElseThrow());
    return URI.create(base.at("/video/chat/stream").toString().replaceFirst("^http", "ws"));
  }

  private void accept(String type, String message) {
    // Versions that do not know "ping" refuse it after they have accepted the configuration.
    boolean refused = type.equals("error") && !message.startsWith("Unknown type");
    accepted.complete(refused ? Optional.of(message) : Optional.empty());
  }

  private void run() {
    try {
      while (!over.get()) {
        if (!isBehind()) {
          Optional<TimedPicture> shown = pictures.take(POLL_INTERVAL);
          if (shown.isPresent()) {
            picture(shown.get());
          }
        }
        turn.endIfLate(access.timeout()).ifPresent(this::late);
        if (unasked > 0 && isDue() && turn.isIdle()) {
          ask();
        } else if (sent.exceeds(ALIVE)) {
          send(message("audio.chunk").put("data", ""));
        }
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      end(ends.lost(why.startsWith("it ") ? why : "the connection broke"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release();
    }
  }

  /** Whether the server has not read the last pictures yet; waits a moment where it has not. */
  private boolean isBehind() throws IOException, InterruptedException {
    OmniSocket open = socket;
    if (open == null || open.unconfirmed() < MAX_UNREAD_PICTURES) {
      return false;
    }
    if (sent.exceeds(access.timeout())) {
      throw new IOException("it does not accept pictures");
    }
    WallClock.system().sleep(POLL_INTERVAL);
    return true;
  }

  private void picture(TimedPicture shown) throws IOException, InterruptedException {
    byte[] jpeg;
    try (Frame frame = shown.frame()) {
      var form = access.pictures();
      jpeg = frame.jpeg(form.sizeFor(prompt), form.quality()).jpeg();
    }
    OmniSocket open = socket;
    if (open != null) {
      open.sendConfirmed(message("video.frame").put("data", jpeg), access.timeout());
      sent.restart();
    }
    newestNanos = shown.nanos();
    unasked++;
  }

  private boolean isDue() {
    return askedNanos == 0 || WallClock.system().nanos() - askedNanos >= every.toNanos();
  }

  private void ask() throws IOException, InterruptedException {
    OmniTurn.PendingQuestion asked = asked();
    turn.begin(asked);
    askedNanos = asked.nanos();
    unasked = 0;
    send(message("video.query").put("text", asked.prompt()));
  }

  private OmniTurn.PendingQuestion asked() {
    return new OmniTurn.PendingQuestion(prompt, WallClock.system().nanos(), newestNanos);
  }

  private void late(OmniTurn.PendingQuestion asked) {
    late++;
    long seconds = access.timeout().toSeconds();
    if (late == MAX_LATE_ANSWERS) {
      end(ends.lost("it gave no answer within %d s, %d times".formatted(seconds, late)));
    } else {
      failed(asked, "it did not answer within %d s".formatted(seconds));
    }
  }

  private void answered(OmniTurn.PendingQuestion asked, String text) {
    late = 0;
    if (!text.isBlank()) {
      report(() -> listener.answered(answer(asked, text.strip(), Optional.empty())));
    }
  }

  /** An error concerns the question; without one, the server could not use a picture. */
  private void failed(String message) {
    turn.end()
        .ifPresentOrElse(
            asked -> failed(asked, message),
            () -> report(() -> listener.noticed(ends.failed(message))));
  }

  private void failed(OmniTurn.PendingQuestion asked, String message) {
    report(() -> listener.answered(answer(asked, "", Optional.of(ends.failed(message)))));
  }

  private StreamAnswer answer(
      OmniTurn.PendingQuestion asked, String text, Optional<String> failure) {
    String model = config.model().isEmpty() ? VllmOmniBackend.PROVIDER.title() : config.model();
    return new StreamAnswer(
        asked.prompt(),
        model,
        text,
        AnswerText.isTooLong(text) ? FinishReason.LENGTH : FinishReason.STOP,
        failure,
        asked.inference(),
        asked.total());
  }

  private void end(StreamEnd why) {
    reporting.lock();
    try {
      if (accepted.isDone() && !accepted.join().isPresent() && over.compareAndSet(false, true)) {
        listener.ended(why);
      }
    } finally {
      reporting.unlock();
    }
    release();
  }

  private void report(Runnable event) {
    reporting.lock();
    try {
      if (!over.get()) {
        event.run();
      }
    } finally {
      reporting.unlock();
    }
  }

  private void send(JsonNode message) throws IOException, InterruptedException {
    OmniSocket open = socket;
    if (open != null) {
      open.send(message, access.timeout());
      sent.restart();
    }
  }

  private void release() {
    pictures.close();
    OmniSocket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }

  private static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
