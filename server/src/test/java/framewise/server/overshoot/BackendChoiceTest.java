package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.Sampling;
import framewise.overshoot.wire.Inference;
import framewise.server.service.ScriptedBackend;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.StreamBackend;
import framewise.vision.StreamListener;
import framewise.vision.UnavailableBackend;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendChoiceTest {
  /** overshoot and gemini take streams and are ready; openai is not; builtin answers clips. */
  private final Backends backends =
      new Backends(
          List.of(
              taking("overshoot", "far/model"),
              taking("gemini", "gemini-2.0-flash"),
              new UnavailableBackend("openai", "OPENAI_API_KEY must be provided."),
              ScriptedBackend.echo()));

  @ParameterizedTest
  @CsvSource({
    // 1: the model names a back end, or a back end has it
    "builtin, overshoot, builtin, ",
    "scripted-1, overshoot, builtin, scripted-1",
    "scripted-1, gemini, builtin, scripted-1",
    "gemini, overshoot, gemini, ",
    "far/model, overshoot, overshoot, far/model",
    // 2: a ready provider, with this model or its default
    "gemini-9, gemini, gemini, gemini-9",
    ", gemini, gemini, ",
    // 3: the first back end that answers clips
    "unheard-of, overshoot, builtin, ",
    ", overshoot, builtin, ",
    "gpt-4o, openai, builtin, ",
    "openai, openai, builtin, ",
    "claude, anthropic, builtin, ",
    "x, unheard-of, builtin, "
  })
  void theFirstMatchingRuleDecides(
      String model, String backend, String chosen, String chosenModel) {
    assertThat(BackendChoice.of(backends, Optional.ofNullable(model), backend))
        .isEqualTo(new BackendChoice(chosen, Optional.ofNullable(chosenModel)));
  }

  @Test
  void theClientsDefaultModelIsIgnored() {
    var model = Optional.of(Inference.DEFAULT_MODEL);
    assertThat(BackendChoice.of(backends, model, "gemini"))
        .isEqualTo(new BackendChoice("gemini", Optional.empty()));
    assertThat(BackendChoice.of(backends, model, "overshoot"))
        .isEqualTo(new BackendChoice("builtin", Optional.empty()));
  }

  @Test
  void withoutABackEndTheReasonsAreListed() {
    var none =
        new Backends(List.of(new UnavailableBackend("openai", "OPENAI_API_KEY is missing.")));
    assertThatThrownBy(() -> BackendChoice.of(none, Optional.of("openai"), "openai"))
        .hasMessageContaining("No back end")
        .hasMessageContaining("OPENAI_API_KEY is missing.");
  }

  private static Backend taking(String name, String model) {
    return new StreamBackend() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Readiness readiness() {
        return Readiness.READY;
      }

      @Override
      public List<String> models() {
        return List.of(model);
      }

      @Override
      public List<String> capabilities() {
        return List.of();
      }

      @Override
      public OpenStream open(Question question, Sampling sampling, StreamListener listener) {
        throw new IllegalStateException("not used");
      }
    };
  }
}
