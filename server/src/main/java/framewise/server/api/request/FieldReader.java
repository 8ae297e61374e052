package framewise.server.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.ShownText;
import framewise.engine.settings.FieldForm;
import framewise.engine.settings.SettingField;
import framewise.server.http.Fields;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads declared fields from a request. Blank text counts as not set. Collects faults: the caller
 * ends with {@link Fields#requireSound}.
 */
final class FieldReader {
  private static final int MAX_SHOWN_LENGTH = 80;

  private FieldReader() {}

  /** The settings with the request's fields; fields that are null keep the default. */
  static <S> S start(Fields fields, S defaults, List<SettingField<S, ?>> declared) {
    return read(fields, defaults, declared, fields::has);
  }

  /** The settings with the request's fields; fields that are null are reset to the default. */
  static <S> S change(Fields fields, S before, List<SettingField<S, ?>> declared) {
    return read(fields, before, declared, fields::mentions);
  }

  private static <S> S read(
      Fields fields, S settings, List<SettingField<S, ?>> declared, Predicate<String> said) {
    S read = settings;
    for (SettingField<S, ?> field : declared) {
      if (said.test(field.name())) {
        read = with(fields, read, field, said);
      }
    }
    return read;
  }

  private static <S, T> S with(
      Fields fields, S settings, SettingField<S, T> field, Predicate<String> said) {
    Optional<T> old = field.getter().apply(settings);
    Optional<JsonNode> json = sound(fields, field.name(), field.form());
    boolean staysOn = old.isPresent() && json.filter(FieldReader::isTrue).isPresent();
    if (staysOn && field.form() instanceof FieldForm.Threshold) {
      return settings;
    }
    S changed = fields.make(() -> field.with(settings, json)).orElse(settings);
    boolean lacking = json.isPresent() && field.getter().apply(changed).isEmpty();
    field
        .needs()
        .filter(other -> lacking && !said.test(other))
        .ifPresent(other -> fields.add(field.name(), "%s needs %s".formatted(field.name(), other)));
    return changed;
  }

  /** The field's value, if it is allowed; otherwise adds a fault. */
  private static Optional<JsonNode> sound(Fields fields, String name, FieldForm<?> form) {
    boolean sound =
        switch (form) {
          case FieldForm.Characters text -> isSound(fields, name, text);
          case FieldForm.WholeNumber whole ->
              fields.wholeNumber(name, whole.min(), whole.max()).isPresent();
          case FieldForm.Decimal number -> fields.number(name).isPresent();
          case FieldForm.Threshold threshold ->
              fields.flagIn(name).isPresent()
                  || fields.number(name, threshold.allowed()).isPresent();
          case FieldForm.Choice<?> choice -> isOneOf(fields, name, choice.names());
          case FieldForm.Flag flag -> fields.flag(name).isPresent();
          case FieldForm.NameList names ->
              !fields.strings(name, names.maxCount(), names.maxLength()).isEmpty();
          case FieldForm.JsonSchema schema -> fields.schema(name).isPresent();
        };
    return sound ? fields.json(name) : Optional.empty();
  }

  private static boolean isSound(Fields fields, String name, FieldForm.Characters form) {
    Optional<String> text =
        fields.string(name, form.maxLength()).filter(characters -> !characters.isBlank());
    text.filter(characters -> !form.sound().test(characters))
        .ifPresent(
            characters ->
                fields.add(
                    name,
                    "%s is \"%s\" but must %s"
                        .formatted(
                            name, ShownText.of(characters, MAX_SHOWN_LENGTH), form.allowed())));
    return text.isPresent();
  }

  private static boolean isOneOf(Fields fields, String name, List<String> names) {
    Optional<String> given = fields.string(name);
    boolean known = given.filter(names::contains).isPresent();
    if (given.isPresent() && !known) {
      String all = String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
      fields.add(name, "%s is \"%s\" but must be %s".formatted(name, given.get(), all));
    }
    return known;
  }

  private static boolean isTrue(JsonNode json) {
    return json.isBoolean() && json.asBoolean();
  }
}
