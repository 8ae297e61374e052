package framewise.server.whip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.settings.PromptFields;
import framewise.engine.settings.SettingField;
import framewise.engine.settings.StreamFields;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.network.MaskedUrl;
import framewise.server.api.request.FieldText;
import framewise.server.api.request.StartRequest;
import framewise.server.http.Fields;
import framewise.server.http.Reply;
import framewise.server.upload.DisplayName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings in the query of {@code POST /whip}, whose body is the offer. Names and defaults are
 * those of {@code POST /start-stream}, except the default prompt.
 *
 * @param kind how the sender captures the video
 * @param name of the session
 */
record WhipOrder(SourceKind kind, String name, StreamSettings settings) {
  /** Default prompt. */
  static final String PROMPT = "Describe what you see in few words";

  private static final List<SettingField<?, ?>> FIELDS =
      Stream.<SettingField<?, ?>>concat(PromptFields.ALL.stream(), StreamFields.ALL.stream())
          .filter(SettingField::live)
          .toList();

  /**
   * Parses the query. Unknown parameters are ignored.
   *
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  static WhipOrder read(Map<String, List<String>> query) {
    ObjectNode json = Reply.object();
    Optional<String> prompts = first(query, "prompts");
    prompts.ifPresent(text -> json.set("prompts", FieldText.parsed(text)));
    first(query, "prompt")
        .or(() -> prompts.isPresent() ? Optional.empty() : Optional.of(PROMPT))
        .ifPresent(text -> json.put("prompt", text));
    for (SettingField<?, ?> field : FIELDS) {
      first(query, field.name())
          .ifPresent(text -> json.set(field.name(), FieldText.json(text, field.form())));
    }
    Fields fields = Fields.of(json);
    SourceKind kind = kind(fields, first(query, "source").orElse(SourceKind.WHIP.wireName()));
    String name =
        first(query, "name")
            .map(MaskedUrl::inText)
            .map(DisplayName::of)
            .orElseGet(() -> nameOf(kind));
    return new WhipOrder(kind, name, StartRequest.read(fields));
  }

  private static Optional<String> first(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static SourceKind kind(Fields fields, String name) {
    return switch (name) {
      case "whip" -> SourceKind.WHIP;
      case "webcam" -> SourceKind.WEBCAM;
      case "screen" -> SourceKind.SCREEN;
      default -> {
        fields.add(
            "source",
            "source is \"%s\" but must be whip, webcam or screen".formatted(DisplayName.of(name)));
        yield SourceKind.WHIP;
      }
    };
  }

  private static String nameOf(SourceKind kind) {
    return switch (kind) {
      case WEBCAM -> "Webcam";
      case SCREEN -> "Screen";
      default -> "WHIP stream";
    };
  }
}
