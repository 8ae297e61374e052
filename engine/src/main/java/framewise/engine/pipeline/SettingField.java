package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A field of the settings, declared once: requests, queries, command line, database and answers
 * follow from it. Immutable.
 *
 * @param <S> what it is a field of
 * @param name in the API
 * @param getter its value; empty where there is none
 * @param wither the settings with another value, or with its default where that is empty; throws
 *     {@link framewise.media.OutOfRangeException} or {@link framewise.engine.RefusedException} for
 *     what it refuses
 * @param flag of the command line, without the dashes; empty where it has none
 * @param label what stands for its value in the command line's help
 * @param meaning of the flag, in the command line's help
 * @param group the object of the stored settings that it is in; empty for the settings themselves
 * @param needs the field without which it means nothing; empty for none
 * @param changeable whether it can be changed while the session runs
 * @param live whether live video has it
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
  /** A field with a flag of its own name. */
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

  /** The same, which belongs to files and to the start. */
  SettingField<S, T> ofFiles() {
    return new SettingField<>(
        name, form, getter, wither, flag, label, meaning, group, needs, false, false);
  }

  /** The settings with the value of sound JSON; empty for the default. */
  public S with(S settings, Optional<JsonNode> json) {
    return wither.apply(settings, json.flatMap(form::read));
  }

  /** The settings with the value that others have, where these have none. */
  public S orFrom(S settings, S others) {
    return getter.apply(settings).isPresent()
        ? settings
        : wither.apply(settings, getter.apply(others));
  }

  /** Its value as JSON; empty where there is none. */
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
