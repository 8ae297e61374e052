package framewise.server.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.settings.FieldForm;
import framewise.engine.settings.PromptFields;
import framewise.engine.settings.SettingField;
import framewise.engine.settings.StreamFields;
import framewise.server.api.request.FieldText;
import framewise.server.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Declared settings fields as options of a command. */
final class FieldFlags implements IModelTransformer {
  private static final List<SettingField<?, ?>> FIELDS =
      Stream.<SettingField<?, ?>>concat(PromptFields.ALL.stream(), StreamFields.ALL.stream())
          .filter(field -> field.flag().isPresent())
          .toList();

  @Override
  public CommandSpec transform(CommandSpec command) {
    FIELDS.forEach(field -> command.addOption(option(field)));
    return command;
  }

  /** The given fields, in the form of a request body. */
  static ObjectNode given(CommandSpec command) {
    ObjectNode json = Reply.object();
    for (SettingField<?, ?> field : FIELDS) {
      text(command, field)
          .ifPresent(text -> json.set(field.name(), FieldText.json(text, field.form())));
    }
    return json;
  }

  /** The given value of a field. */
  static Optional<String> text(CommandSpec command, SettingField<?, ?> field) {
    OptionSpec option = command.findOption(name(field));
    Object value = option.getValue();
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static OptionSpec option(SettingField<?, ?> field) {
    return OptionSpec.builder(name(field))
        .paramLabel(field.label())
        .description(field.meaning().replace("%", "%%"))
        .type(type(field.form()))
        .build();
  }

  private static String name(SettingField<?, ?> field) {
    return "--" + field.flag().orElseThrow();
  }

  private static Class<?> type(FieldForm<?> form) {
    return switch (form) {
      case FieldForm.Decimal number -> Double.class;
      case FieldForm.WholeNumber whole -> Integer.class;
      default -> String.class;
    };
  }
}
