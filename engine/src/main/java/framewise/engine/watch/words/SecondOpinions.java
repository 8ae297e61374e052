package framewise.engine.watch.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.files.StoredFile;
import framewise.engine.incident.Incident;
import framewise.engine.money.Cost;
import framewise.engine.pipeline.Inquiry;
import framewise.engine.result.Event;
import framewise.engine.session.Inquiries;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.watch.Condition;
import framewise.engine.watch.Watch;
import framewise.media.picture.EncodedPicture;
import framewise.time.WallClock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the picture of an incident to another back end, if its watch is configured so. The back end
 * confirms or rejects the incident, or is unsure. The question and its cost are recorded in the
 * session's log. Safe for any number of threads.
 */
public final class SecondOpinions implements AutoCloseable {
  /** Maximum number of waiting incidents. Further ones get no second opinion, and are counted. */
  private static final int MAX_WAITING = 100;

  private static final int MAX_REASON_LENGTH = 500;
  private static final long TIMEOUT_MS = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(SecondOpinions.class);

  private final Sessions sessions;
  private final WallClock clock;
  private final LongAdder skipped = new LongAdder();
  private final ThreadPoolExecutor asker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().daemon().name("second-opinion").factory());

  public SecondOpinions(Sessions sessions, WallClock clock) {
    this.sessions = sessions;
    this.clock = clock;
    sessions.incidentPictures().whenSaved(this::offer);
  }

  /** Number of incidents without a second opinion because too many were waiting. */
  public long skipped() {
    return skipped.sum();
  }

  @Override
  public void close() {
    asker.shutdownNow();
    try {
      boolean _ = asker.awaitTermination(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void offer(Incident incident) {
    Optional<Watch> watch =
        sessions.watches().all().stream()
            .filter(one -> one.id().equals(incident.watchId()))
            .filter(one -> one.secondOpinion().isPresent())
            .findFirst();
    if (watch.isEmpty() || incident.opinion().isPresent()) {
      return;
    }
    try {
      asker.execute(() -> attempt(watch.get(), incident));
    } catch (RejectedExecutionException full) {
      skipped.increment();
    }
  }

  private void attempt(Watch watch, Incident incident) {
    try {
      ask(watch, incident);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RefusedException | IOException e) {
      LOG.info("incident {} has no second opinion: {}", incident.id(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the second opinion on incident {} failed", incident.id(), e);
    }
  }

  private void ask(Watch watch, Incident incident) throws IOException, InterruptedException {
    Optional<StoredFile> file = sessions.incidentPictures().picture(incident);
    if (file.isEmpty()) {
      return;
    }
    byte[] jpeg = file.get().bytes();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    var picture =
        new EncodedPicture(incident.peak().time(), image.getWidth(), image.getHeight(), jpeg);
    Session session = sessions.get(incident.session());
    Inquiries.InquiryResult answered =
        sessions
            .inquiries()
            .ask(
                Optional.of(session),
                new Inquiry(question(watch), List.of(picture)).by(watch.owner()),
                Optional.empty());
    Incident.SecondOpinion opinion = opinion(answered.result());
    Incident _ = sessions.watches().amend(incident.id(), one -> one.withOpinion(opinion));
  }

  private static PromptSettings question(Watch watch) {
    Watch.SecondLook look = watch.secondOpinion().orElseThrow();
    String condition =
        switch (watch.when()) {
          case Condition.Words words -> words.words();
          case Condition.Fields fields -> fields.expression().toString();
        };
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ObjectNode verdict = properties.putObject("verdict").put("type", "string");
    verdict.putArray("enum").add("yes").add("no").add("unknown");
    verdict.put("description", condition);
    properties.putObject("reason").put("type", "string");
    schema.putArray("required").add("verdict");
    return PromptSettings.of(
            new Prompt(
                "An alarm says that this is so in the picture: %s%nIs it? verdict: yes, no or unknown. reason: at most 20 words."
                    .formatted(condition)))
        .withName(Optional.of(watch.resultName() + " (second opinion)"))
        .withBackend(Optional.of(look.backend()))
        .withModel(look.model())
        .withOutputSchema(Optional.of(schema));
  }

  private Incident.SecondOpinion opinion(Event.Result result) {
    String verdict = "unsure";
    String reason = "";
    switch (result.outcome()) {
      case Event.Outcome.Answered(var text, var _, var _) -> {
        JsonNode json = parsed(text);
        verdict =
            switch (json.path("verdict").asText()) {
              case "yes" -> "confirmed";
              case "no" -> "rejected";
              default -> "unsure";
            };
        reason = json.path("reason").asText();
      }
      case Event.Outcome.Failed(var _, var message, var _) -> reason = message;
    }
    return new Incident.SecondOpinion(
        verdict,
        reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason,
        result.backend(),
        result.model(),
        clock.now(),
        result.cost().map(Cost::dollars).map(Object::toString));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
