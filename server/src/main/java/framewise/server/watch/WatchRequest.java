package framewise.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.watch.Condition;
import framewise.engine.watch.Thresholds;
import framewise.engine.watch.Watch;
import framewise.engine.watch.WatchExpression;
import framewise.engine.watch.WatchRules;
import framewise.server.http.Fields;
import framewise.server.http.Query;
import framewise.vision.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads a watch from a request, and adds what is wrong to the faults of the request. */
final class WatchRequest {
  private static final double MILLIS = 1_000;
  private static final int MAX_ID_LENGTH = 64;
  private static final int MAX_ENDPOINTS = 50;
  private static final int MAX_BACKEND_LENGTH = 64;
  private static final int MAX_MODEL_LENGTH = 200;
  private static final int MAX_DURATION = 366 * 86_400;

  private final Fields fields;

  private WatchRequest(Fields fields) {
    this.fields = fields;
  }

  /**
   * Reads a new watch.
   *
   * @param by name of its maker
   * @param owner the maker's subject; empty where that is no account or key
   * @throws framewise.engine.RefusedException when something is wrong, with all faults
   */
  static Watch read(Fields fields, String by, String owner, Instant now) {
    return new WatchRequest(fields)
        .watch(
            UUID.randomUUID().toString(),
            Optional.empty(),
            Optional.empty(),
            now,
            by,
            owner,
            now,
            Optional.empty(),
            0);
  }

  /**
   * Reads a changed watch.
   *
   * @param merged the watch as the API shows it, with the changed fields in place of its own
   * @throws framewise.engine.RefusedException when something is wrong, with all faults
   */
  static Watch read(ObjectNode merged, Watch before, Instant now) {
    return new WatchRequest(Fields.of(merged))
        .watch(
            before.id(),
            before.snoozedUntil(),
            before.snoozedBy(),
            before.createdAt(),
            before.createdBy(),
            before.owner(),
            now,
            Optional.of(before.rules()),
            before.triggers());
  }

  private Watch watch(
      String id,
      Optional<Instant> snoozedUntil,
      Optional<String> snoozedBy,
      Instant createdAt,
      String createdBy,
      String owner,
      Instant now,
      Optional<WatchRules> before,
      long triggers) {
    String name = name();
    Optional<List<SessionId>> sessions = sessions();
    Optional<Condition> when = condition();
    WatchRules rules = rules(now);
    requirePossible(rules, before, now);
    boolean enabled = fields.flag("enabled").orElse(true);
    Optional<List<String>> deliverTo =
        fields.has("deliver_to")
            ? Optional.of(fields.strings("deliver_to", MAX_ENDPOINTS, MAX_ID_LENGTH))
            : Optional.empty();
    Optional<Watch.SecondLook> second = secondLook();
    fields.requireSound();
    return new Watch(
        id,
        name,
        sessions,
        when.orElseThrow(),
        rules,
        enabled,
        deliverTo,
        second,
        snoozedUntil,
        snoozedBy,
        createdAt,
        createdBy,
        owner,
        triggers);
  }

  private String name() {
    return fields.requiredLine("name", Watch.MAX_NAME_LENGTH).orElse("");
  }

  /** Empty for all sessions. */
  private Optional<List<SessionId>> sessions() {
    if (!fields.has("sessions") || fields.textIn("sessions").filter("all"::equals).isPresent()) {
      return Optional.empty();
    }
    List<SessionId> ids =
        fields.strings("sessions", Watch.MAX_SESSIONS, MAX_ID_LENGTH).stream()
            .flatMap(text -> session(text).stream())
            .distinct()
            .toList();
    if (ids.isEmpty() && fields.isSound()) {
      fields.add("sessions", "sessions is empty but must be a list of ids, or \"all\"");
    }
    return Optional.of(ids);
  }

  private Optional<SessionId> session(String text) {
    Optional<SessionId> id = SessionId.parse(text);
    if (id.isEmpty()) {
      fields.add(
          "sessions",
          "sessions has \"%s\" but must have ids of sessions".formatted(ShownText.of(text, 40)));
    }
    return id;
  }

  private Optional<Condition> condition() {
    Optional<Fields> when = fields.fields("when");
    if (when.isEmpty()) {
      if (!fields.has("when")) {
        fields.add("when", "when is missing but must be {\"expression\": ...} or {\"words\": ...}");
      }
      return Optional.empty();
    }
    boolean expression = when.get().has("expression");
    if (expression == when.get().has("words")) {
      fields.add("when", "when must have either expression or words");
      return Optional.empty();
    }
    return expression ? expression(when.get()) : words(when.get());
  }

  private Optional<Condition> expression(Fields when) {
    Optional<String> text = when.lines("expression", WatchExpression.MAX_LENGTH);
    Optional<String> prompt = when.string("prompt", MAX_MODEL_LENGTH);
    return text.flatMap(given -> fields.make(() -> WatchExpression.parse(given)))
        .map(parsed -> new Condition.Fields(parsed, prompt));
  }

  private Optional<Condition> words(Fields when) {
    Optional<String> words = when.lines("words", Condition.Words.MAX_LENGTH);
    if (words.filter(ShownText::isBlank).isPresent()) {
      when.add("words", "words is empty but must say what to watch for");
    }
    Duration every =
        duration(
            when,
            "every",
            Condition.Words.MIN_EVERY,
            Condition.Words.MAX_EVERY,
            Condition.Words.DEFAULT_EVERY);
    Optional<String> backend = when.string("backend", MAX_BACKEND_LENGTH);
    Optional<String> model = model(when);
    Optional<Condition.SelfPace> pace =
        when.fields("self_paced")
            .map(
                bounds ->
                    new Condition.SelfPace(
                        pace(bounds, "min", Condition.SelfPace.MIN_SECONDS),
                        pace(bounds, "max", Condition.SelfPace.MAX_SECONDS)));
    if (pace.filter(bounds -> bounds.min().compareTo(bounds.max()) > 0).isPresent()) {
      when.add("self_paced", "self_paced.min is larger than self_paced.max");
    }
    return words.map(text -> new Condition.Words(text, every, backend, model, pace));
  }

  private static Optional<String> model(Fields fields) {
    Optional<String> model = fields.string("model", MAX_MODEL_LENGTH);
    if (model.filter(Predicate.not(ModelName::isSound)).isPresent()) {
      fields.add("model", "model must have %s".formatted(ModelName.RULE));
    }
    return model;
  }

  private static Duration pace(Fields bounds, String name, int standard) {
    return duration(
        bounds,
        name,
        Condition.SelfPace.MIN_SECONDS,
        Condition.SelfPace.MAX_SECONDS,
        Duration.ofSeconds(standard));
  }

  private WatchRules rules(Instant now) {
    WatchRules usual = WatchRules.DEFAULT;
    return new WatchRules(
        thresholds(),
        duration(fields, "cooldown", 0, WatchRules.MAX_COOLDOWN, usual.cooldown()),
        duration(fields, "min_length", 0, WatchRules.MAX_MIN_DURATION, usual.minLength()),
        duration(
            fields,
            "max_length",
            WatchRules.MIN_INCIDENT_LENGTH,
            WatchRules.MAX_INCIDENT_LENGTH,
            usual.maxLength()),
        duration(fields, "merge_gap", 0, WatchRules.MAX_MERGE_GAP, usual.mergeGap()),
        fields.fields("quiet_hours").flatMap(QuietHoursRequest::read),
        fields.wholeNumber("max_triggers", 1, WatchRules.MAX_TRIGGERS),
        until(now));
  }

  /**
   * Refuses rules with which no incident could open, or be complete; a watch may keep those that it
   * already has.
   */
  private void requirePossible(WatchRules rules, Optional<WatchRules> before, Instant now) {
    if (fields.has("duration") && fields.has("until") && before.isEmpty()) {
      fields.add(
          "duration", "duration and until both say when the watch ends: leave one of them out");
    } else if (before.isEmpty() && rules.until().filter(end -> !end.isAfter(now)).isPresent()) {
      fields.add("until", "until is %s but must be in the future".formatted(rules.until().get()));
    }
    boolean sameLengths =
        before
            .filter(one -> one.minLength().equals(rules.minLength()))
            .filter(one -> one.maxLength().equals(rules.maxLength()))
            .isPresent();
    if (!sameLengths && rules.minLength().compareTo(rules.maxLength()) > 0) {
      fields.add(
          "min_length",
          "min_length is %s seconds but must be at most max_length, which is %s"
              .formatted(seconds(rules.minLength()), seconds(rules.maxLength())));
    }
  }

  private static String seconds(Duration duration) {
    return plain(duration.toMillis() / MILLIS);
  }

  private Thresholds thresholds() {
    Thresholds usual = Thresholds.DEFAULT;
    Optional<Fields> open = fields.fields("open");
    OptionalInt of =
        open.map(o -> o.wholeNumber("of", 1, Thresholds.MAX_COUNT)).orElse(OptionalInt.empty());
    OptionalInt yes =
        open.map(o -> o.wholeNumber("yes", 1, Thresholds.MAX_COUNT)).orElse(OptionalInt.empty());
    int no =
        fields
            .fields("close")
            .map(close -> close.wholeNumber("no_in_a_row", 1, Thresholds.MAX_COUNT))
            .orElse(OptionalInt.empty())
            .orElse(usual.noInARow());
    int least = yes.orElse(of.isPresent() ? Math.min(usual.yes(), of.getAsInt()) : usual.yes());
    int window = of.orElse(Math.max(usual.of(), least));
    if (least > window) {
      open.ifPresent(
          o ->
              o.add(
                  "yes",
                  "yes is %d but must be at most %d, the number of answers that count"
                      .formatted(least, window)));
      return usual;
    }
    return new Thresholds(least, window, no);
  }

  private Optional<Instant> until(Instant now) {
    OptionalInt seconds = fields.wholeNumber("duration", 1, MAX_DURATION);
    if (seconds.isPresent()) {
      return Optional.of(now.plusSeconds(seconds.getAsInt()));
    }
    Optional<String> text = fields.string("until");
    Optional<Instant> time = text.flatMap(Query::time);
    if (text.isPresent() && time.isEmpty()) {
      fields.add(
          "until",
          "until is \"%s\" but must be a time such as 2026-01-31T09:00:00Z"
              .formatted(ShownText.of(text.get(), 40)));
    }
    return time;
  }

  private Optional<Watch.SecondLook> secondLook() {
    return fields
        .fields("second_opinion")
        .flatMap(
            look -> {
              Optional<String> backend = look.requiredString("backend", MAX_BACKEND_LENGTH);
              Optional<String> model = model(look);
              return backend.map(name -> new Watch.SecondLook(name, model));
            });
  }

  private static Duration duration(
      Fields fields, String name, double min, double max, Duration standard) {
    OptionalDouble given = fields.number(name);
    if (given.isEmpty()) {
      return standard;
    }
    double seconds = given.getAsDouble();
    if (!(seconds >= min && seconds <= max)) {
      fields.add(
          name,
          "%s is %s but must be %s to %s seconds"
              .formatted(name, plain(seconds), plain(min), plain(max)));
      return standard;
    }
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%s", number);
  }
}
