package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.PromptSettings;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.session.Changes;
import framewise.media.Sampling;
import framewise.server.http.Fields;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code PATCH /sessions/{session_id}} is asked for: the fields of {@code POST
 * /start-stream}, of which those that are left out stay as they are. {@code null} takes a field
 * away: it becomes what it is after a start without it.
 */
final class ChangeRequest {
  private static final List<String> FIXED = List.of("pace", "loop");
  private static final String SOMETHING_IS_ASKED = ": something has to be asked";
  private static final List<String> OF_PROMPT =
      List.of(
          "prompt",
          "system",
          "backend",
          "model",
          "output_schema",
          "max_output_tokens",
          "reasoning");

  private ChangeRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException naming every bad one, once the changes are applied
   */
  static Changes read(Fields fields) {
    for (String name : FIXED) {
      if (fields.mentions(name)) {
        fields.add(name, name + " cannot be changed while it runs: stop it and start it again");
      }
    }
    fields.requireSound();
    return before -> apply(fields, before);
  }

  private static StreamSettings apply(Fields fields, StreamSettings before) {
    StreamSettings after =
        before
            .withPrompts(prompts(fields, before))
            .withSampling(StartRequest.sampling(fields, sampling(fields, before.sampling())));
    if (fields.mentions("skip_unchanged") || fields.mentions("refresh_seconds")) {
      after =
          after.withSkipUnchanged(
              fields.isNull("skip_unchanged")
                  ? Optional.empty()
                  : StartRequest.skipUnchanged(fields, before.skipUnchanged()));
    }
    if (fields.mentions("fallback")) {
      after = after.withFallback(StartRequest.fallback(fields));
    }
    if (fields.mentions("budget")) {
      after = after.withBudget(StartRequest.budget(fields));
    }
    fields.requireSound();
    return after;
  }

  /** What holds where a number is not given: that of before or, where it is null, the usual. */
  private static Sampling sampling(Fields fields, Sampling before) {
    Sampling usual = Sampling.DEFAULT;
    return new Sampling(
        (fields.isNull("fps") ? usual : before).fps(),
        (fields.isNull("sampling_ratio") ? usual : before).samplingRatio(),
        (fields.isNull("clip_length_seconds") ? usual : before).clipLengthSeconds(),
        (fields.isNull("delay_seconds") ? usual : before).delaySeconds());
  }

  private static List<PromptSettings> prompts(Fields fields, StreamSettings before) {
    boolean instead =
        fields.isNull("prompts") && before.first().name().isPresent() && fields.has("prompt");
    if (fields.has("prompts") || instead) {
      List<PromptSettings> prompts = PromptsField.read(fields);
      return fields.isSound() ? prompts : before.prompts(); // the other fields' faults are told too
    }
    if (fields.isNull("prompt")) {
      fields.add("prompt", "prompt is null but must be a string" + SOMETHING_IS_ASKED);
      return before.prompts();
    }
    if (fields.isNull("prompts") && before.first().name().isPresent()) {
      fields.add("prompts", "prompts is null but must be a list of objects" + SOMETHING_IS_ASKED);
      return before.prompts();
    }
    if (OF_PROMPT.stream().noneMatch(fields::mentions)) {
      return before.prompts();
    }
    if (before.prompts().size() > 1) {
      throw Refusal.field(
              "prompts",
              "prompts must be given where there are several: what a single one asks for cannot"
                  + " hold for all of them")
          .asException();
    }
    return List.of(changed(fields, before.first()));
  }

  private static PromptSettings changed(Fields fields, PromptSettings old) {
    Optional<Prompt> prompt =
        fields.string("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    Optional<String> backend =
        kept(fields, "backend", fields.string("backend", PromptsField.LONGEST_NAME), old.backend());
    boolean other = !backend.equals(old.backend());
    Optional<String> model =
        kept(fields, "model", PromptsField.model(fields), other ? Optional.empty() : old.model());
    var tokens = fields.wholeNumber("max_output_tokens", 1, PromptsField.MAX_OUTPUT_TOKENS);
    return new PromptSettings(
        old.name(),
        prompt.orElse(old.prompt()),
        kept(fields, "system", fields.string("system", Prompt.MAX_LENGTH), old.system()),
        backend,
        model,
        kept(fields, "output_schema", fields.schema("output_schema"), old.outputSchema()),
        fields.mentions("max_output_tokens") ? tokens : old.maxOutputTokens(),
        kept(fields, "reasoning", PromptsField.reasoning(fields), old.reasoning()));
  }

  private static <T> Optional<T> kept(
      Fields fields, String name, Optional<T> asked, Optional<T> old) {
    return fields.mentions(name) ? asked : old;
  }
}
