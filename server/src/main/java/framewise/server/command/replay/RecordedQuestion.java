package framewise.server.command.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.lookback.Replay.ReplayClip;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultFilter;
import framewise.engine.session.Session;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One question of a session's run, with its answers.
 *
 * @param settings the prompt as it was asked, with the settings of the prompt of this name
 * @param answers in the order of their clips
 */
record RecordedQuestion(PromptSettings settings, List<RecordedAnswer> answers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 500;

  /** An answer, and the clip that it is about. */
  record RecordedAnswer(long seq, double startSeconds, ReplayClip clip, ReplayedAnswer answer) {}

  RecordedQuestion {
    answers = List.copyOf(answers);
  }

  /**
   * The questions of a run, in the order of their first answers. Answers to watches, agents and the
   * v1beta API are left out.
   */
  static List<RecordedQuestion> of(Session session, StreamSettings settings, int run) {
    Map<String, PromptSettings> byName =
        settings.prompts().stream()
            .collect(Collectors.toMap(prompt -> prompt.name().orElse(""), prompt -> prompt));
    Map<PromptSettings, List<RecordedAnswer>> found = new LinkedHashMap<>();
    Optional<Instant> began =
        session.file().isPresent() ? Optional.empty() : session.footage().extent().begin();
    var which = new ResultFilter(OptionalInt.of(run), Optional.empty());
    long since = 0;
    for (List<LoggedEvent> page = session.log().resultsAfter(since, PAGE, which).events();
        !page.isEmpty();
        page = session.log().resultsAfter(since, PAGE, which).events()) {
      for (LoggedEvent event : page) {
        since = event.seq();
        JsonNode json = json(event);
        PromptSettings usual = byName.get(json.path("name").asText());
        if (usual != null) {
          PromptSettings asked =
              usual.withPrompt(new framewise.engine.settings.Prompt(json.path("prompt").asText()));
          found
              .computeIfAbsent(asked, each -> new ArrayList<>())
              .add(answer(json, settings.sampling(), began));
        }
      }
    }
    return found.entrySet().stream()
        .map(
            one -> {
              one.getValue().sort(Comparator.comparing(answer -> answer.clip().start()));
              return new RecordedQuestion(one.getKey(), one.getValue());
            })
        .toList();
  }

  private static RecordedAnswer answer(JsonNode json, Sampling sampling, Optional<Instant> began) {
    JsonNode clip = json.path("clip");
    double start = clip.path("start_seconds").asDouble();
    double length = Math.max(0.001, clip.path("end_seconds").asDouble() - start);
    boolean usual = Math.abs(length - sampling.clipLengthSeconds()) < 0.001;
    int pictures = usual ? sampling.framesPerClip() : Math.max(1, clip.path("frames").asInt());
    double from = began.map(first -> keptStart(json, first, length, pictures)).orElse(start);
    return new RecordedAnswer(
        json.path("seq").asLong(),
        start,
        new ReplayClip(
            MediaTime.ofSeconds(Math.max(0, from)), MediaTime.ofSeconds(length), pictures),
        ReplayedAnswer.of(json));
  }

  /**
   * Start of a live clip, in seconds since the first kept picture. For a result without {@code
   * start_at} it is computed from the result's time and its latency, which begins when the clip's
   * newest picture is displayed.
   */
  private static double keptStart(JsonNode json, Instant began, double length, int pictures) {
    Optional<Instant> own =
        Optional.ofNullable(json.at("/clip/start_at").textValue()).map(Instant::parse);
    if (own.isPresent()) {
      return Duration.between(began, own.get()).toMillis() / 1e3;
    }
    Instant shown =
        Instant.parse(json.path("at").asText()).minusMillis(json.path("total_latency_ms").asLong());
    double newest = length * (pictures - 1) / pictures;
    return Duration.between(began, shown).toMillis() / 1e3 - newest;
  }

  private static JsonNode json(LoggedEvent event) {
    try {
      return JSON.readTree(event.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
