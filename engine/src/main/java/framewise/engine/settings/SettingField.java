package framewise.engine.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Declaration of a settings field. It is the single source for requests, queries, the command line,
 * the database and responses. Immutable.
 *
 * @param <S> the settings that contain it
 * @param name in the API
 * @param getter reads its value; empty where it is not set
 * @param wither returns the settings with another value, or with the default where that is empty;
 *     throws {@link framewise.media.OutOfRangeException} or {@link
 *     framewise.engine.RefusedException} for a value it refuses
 * @param flag command-line flag, without the dashes; empty where there is none
 * @param label placeholder for its value in the command-line help
 * @param meaning description of the flag in the command-line help
 * @param group the object of the stored settings that contains it; empty for the top level
 * @param needs the field that must be set as well; empty for none
 * @param changeable whether it can be changed while the session runs
 * @param live whether it applies to live video
 */
public record SettingField<S, T>(
    String name,
    FieldForm<T> form,
    Function<S, Optional<T>> getter,
    BiFunction<S, Optional<T>, S> wither,
    Optional<String> flag,
    String label,
    String meaning,
    Optional<String> group,
    Optional<String> needs,
    boolean changeable,
    boolean live) {
  /** A field whose flag has the same name. */
  static <S, T> SettingField<S, T> of(
      String name,
      FieldForm<T> form,
      Function<S, Optional<T>> getter,
      BiFunction<S, Optional<T>, S> wither,
      String label,
      String meaning) {
    return new SettingField<>(
        name,
        form,
        getter,
        wither,
        Optional.of(name.replace('_', '-')),
        label,
        meaning,
        Optional.empty(),
        Optional.empty(),
        true,
        true);
  }

  SettingField<S, T> withFlag(Optional<String> other) {
    return new SettingField<>(
        name, form, getter, wither, other, label, meaning, group, needs, changeable, live);
  }

  SettingField<S, T> in(String object) {
    return new SettingField<>(
        name,
        form,
        getter,
        wither,
        flag,
        label,
        meaning,
        Optional.of(object),
        needs,
        changeable,
        live);
  }

  SettingField<S, T> needing(String other) {
    return new SettingField<>(
        name,
        form,
        getter,
        wither,
        flag,
        label,
        meaning,
        group,
        Optional.of(other),
        changeable,
        live);
  }

  /**
   * A copy of the field that applies to files only, and can't be changed while the session runs.
   */
  SettingField<S, T> ofFiles() {
    return new SettingField<>(
        name, form, getter, wither, flag, label, meaning, group, needs, false, false);
  }

  /** The settings with a checked JSON value; empty for the default. */
  public S with(S settings, Optional<JsonNode> json) {
    return wither.apply(settings, json.flatMap(form::read));
  }

  /** The settings, with the value of the other settings if it is not set here. */
  public S orFrom(S settings, S others) {
    return getter.apply(settings).isPresent()
        ? settings
        : wither.apply(settings, getter.apply(others));
  }

  /** Its value as JSON; empty where it is not set. */
  public Optional<JsonNode> json(S settings) {
    return getter.apply(settings).map(form::write);
  }

  void write(ObjectNode json, S settings) {
    json(settings).ifPresent(value -> place(json).set(name, value));
  }

  S read(JsonNode json, S settings) {
    JsonNode place = group.map(json::path).orElse(json);
    return place.has(name) ? with(settings, Optional.of(place.get(name))) : settings;
  }

  private ObjectNode place(ObjectNode json) {
    return group.map(json::withObjectProperty).orElse(json);
  }
}
