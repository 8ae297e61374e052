package framewise.server.v1beta;

import framewise.server.http.Fields;
import framewise.vision.tool.Tool;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the fields of a chat that concern tools. */
final class ChatTools {
  static final int MAX_TOOLS = 128;
  static final int MAX_CALLS = 128;

  /** Maximum length of all tools together, in characters. */
  static final int MAX_TOOLS_LENGTH = 64 << 10;

  /** Maximum length of the conversation after the first call, in characters. */
  static final int MAX_TURNS_LENGTH = 200_000;

  /** Long, because Gemini's signatures are in the id. */
  private static final int MAX_ID_LENGTH = 64 << 10;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private ChatTools() {}

  /** The tools of a request; empty where it has none. */
  static Optional<ToolUse> read(Fields fields) {
    for (String old : List.of("functions", "function_call")) {
      if (fields.has(old)) {
        fields.add(old, old + " is no longer supported: send tools and tool_choice");
      }
    }
    List<Tool> tools = new ArrayList<>();
    if (fields.isFilled("tools")) {
      fields
          .list("tools", MAX_TOOLS)
          .forEach(entry -> function(entry).flatMap(ChatTools::tool).ifPresent(tools::add));
    } else if (fields.json("tools").filter(value -> !value.isArray()).isPresent()) {
      fields.add("tools", "tools must be a list of objects");
    }
    Set<String> names = new HashSet<>();
    for (Tool tool : tools) {
      if (!names.add(tool.name())) {
        fields.add("tools", "tools has the name \"%s\" twice".formatted(tool.name()));
      }
    }
    Optional<ToolChoice> choice = choice(fields, names);
    Optional<Boolean> parallel = fields.flag("parallel_tool_calls");
    if (tools.isEmpty()) {
      return Optional.empty();
    }
    ToolUse use = new ToolUse(tools, choice, parallel, List.of());
    if (use.characters() > MAX_TOOLS_LENGTH) {
      fields.add(
          "tools",
          "tools have %,d characters but may have %,d at most"
              .formatted(use.characters(), MAX_TOOLS_LENGTH));
    }
    return Optional.of(use);
  }

  /** The calls in a message of the assistant. */
  static List<ToolCall> calls(Fields message) {
    List<ToolCall> calls = new ArrayList<>();
    for (Fields entry : message.list("tool_calls", MAX_CALLS)) {
      Optional<String> id = entry.requiredString("id", MAX_ID_LENGTH);
      Optional<Fields> function = function(entry);
      Optional<String> name = function.flatMap(ChatTools::name);
      Optional<String> arguments =
          function
              .flatMap(it -> it.string("arguments", MAX_TURNS_LENGTH))
              .or(() -> Optional.of(""));
      if (id.isPresent() && name.isPresent()) {
        calls.add(new ToolCall(id.get(), name.get(), arguments.get()));
      }
    }
    return calls;
  }

  /** Id of the call whose output a message of the role {@code tool} contains. */
  static Optional<String> callId(Fields message) {
    return message.requiredString("tool_call_id", MAX_ID_LENGTH);
  }

  private static Optional<Fields> function(Fields entry) {
    if (!entry.string("type").orElse("function").equals("function")) {
      entry.add("type", "type must be function");
      return Optional.empty();
    }
    if (!entry.has("function")) {
      entry.add("function", "function is missing but must be an object with a name");
    }
    return entry.fields("function");
  }

  private static Optional<Tool> tool(Fields function) {
    Optional<String> name = name(function);
    Optional<String> description = function.string("description");
    var parameters = function.object("parameters");
    Optional<Boolean> strict = function.flag("strict");
    return name.map(it -> new Tool(it, description, parameters, strict));
  }

  private static Optional<String> name(Fields function) {
    Optional<String> name = function.requiredString("name");
    if (name.filter(it -> !NAME.matcher(it).matches()).isPresent()) {
      function.add("name", "name must have 1 to 64 of the characters A-Z a-z 0-9 _ -");
      return Optional.empty();
    }
    return name;
  }

  private static Optional<ToolChoice> choice(Fields fields, Set<String> names) {
    if (!fields.has("tool_choice")) {
      return Optional.empty();
    }
    Optional<String> word = fields.textIn("tool_choice");
    if (word.filter(List.of("auto", "none", "required")::contains).isPresent()) {
      var mode = ToolChoice.ToolMode.valueOf(word.get().toUpperCase(Locale.ROOT));
      if (mode == ToolChoice.ToolMode.REQUIRED && names.isEmpty()) {
        fields.add("tool_choice", "tool_choice is \"required\", but there are no tools");
      }
      return Optional.of(ToolChoice.of(mode));
    }
    if (word.isPresent() || fields.json("tool_choice").filter(it -> !it.isObject()).isPresent()) {
      fields.add("tool_choice", "tool_choice must be auto, none, required or a function");
      return Optional.empty();
    }
    Optional<String> name =
        fields.fields("tool_choice").flatMap(ChatTools::function).flatMap(ChatTools::name);
    if (name.filter(it -> !names.contains(it)).isPresent()) {
      fields.add(
          "tool_choice", "tool_choice names \"%s\", which is not in tools".formatted(name.get()));
    }
    return name.map(it -> new ToolChoice(ToolChoice.ToolMode.REQUIRED, Optional.of(it)));
  }
}
