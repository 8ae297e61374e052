package framewise.server.command.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.MediaTime;
import framewise.server.command.replay.Comparison.ClipComparison;
import framewise.server.command.replay.Comparison.Kind;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Comparisons as text for a person, and as JSON. */
final class ComparisonText {
  private static final int MAX_SHOWN = 20;
  private static final int MAX_LENGTH = 120;
  private static final Pattern CONTROL = Pattern.compile("\\p{C}");

  private ComparisonText() {}

  /** Prints the counts of each question, and the answers that differ. */
  static void print(List<Comparison> all, PrintWriter out) {
    for (Comparison one : all) {
      String name = one.asked().name().map(text -> text + ": ").orElse("");
      out.printf(
          "%s%s (%s)%n",
          name, shown(one.asked().prompt().text()), one.asked().backend().orElse("default"));
      if (!one.recorded().prompt().equals(one.asked().prompt())) {
        out.printf("  instead of: %s%n", shown(one.recorded().prompt().text()));
      }
      out.printf(
          "  %d same, %d changed, %d missing, %d new%n",
          one.count(Kind.SAME),
          one.count(Kind.CHANGED),
          one.count(Kind.MISSING),
          one.count(Kind.NEW));
      List<ClipComparison> different =
          one.answers().stream().filter(answer -> answer.kind() != Kind.SAME).toList();
      different.stream().limit(MAX_SHOWN).forEach(answer -> print(answer, out));
      if (different.size() > MAX_SHOWN) {
        out.printf("  and %d more: --json prints all%n", different.size() - MAX_SHOWN);
      }
    }
  }

  /** All comparisons as one object. */
  static ObjectNode json(List<Comparison> all) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("same", all.stream().allMatch(Comparison::isSame));
    var questions = json.putArray("questions");
    for (Comparison one : all) {
      ObjectNode question = questions.addObject();
      one.asked().name().ifPresent(name -> question.put("name", name));
      question.put("prompt", one.recorded().prompt().text());
      question.put("asked", one.asked().prompt().text());
      one.asked().backend().ifPresent(backend -> question.put("backend", backend));
      for (Kind kind : Kind.values()) {
        question.put(kind.wireName(), one.count(kind));
      }
      var differences = question.putArray("differences");
      for (ClipComparison answer : one.answers()) {
        if (answer.kind() != Kind.SAME) {
          differences
              .addObject()
              .put("kind", answer.kind().wireName())
              .put("seq", answer.recorded().seq())
              .put("start_seconds", answer.recorded().startSeconds())
              .put("before", answer.recorded().answer().text())
              .put("now", answer.now().text());
        }
      }
    }
    return json;
  }

  /** JSON with control characters escaped, also those beyond ASCII. They occur in strings only. */
  static String escaped(ObjectNode json) {
    return CONTROL
        .matcher(json.toString())
        .replaceAll(
            found ->
                found
                    .group()
                    .chars()
                    .mapToObj(unit -> Matcher.quoteReplacement("\\u%04x".formatted(unit)))
                    .collect(Collectors.joining()));
  }

  private static void print(ClipComparison answer, PrintWriter out) {
    out.printf(
        "  %s %s%n    before: %s%n    now:    %s%n",
        MediaTime.ofSeconds(answer.recorded().startSeconds()).clock(),
        answer.kind().wireName(),
        shown(answer.recorded().answer().text()),
        shown(answer.now().text()));
  }

  /** On one line, without control characters, which could move a terminal's cursor. */
  private static String shown(String text) {
    String line = text.strip().replaceAll("\\p{C}+", " ");
    return line.length() > MAX_LENGTH
        ? line.substring(
                0,
                line.offsetByCodePoints(
                    0, Math.min(MAX_LENGTH, line.codePointCount(0, line.length())) - 1))
            + "…"
        : line;
  }
}
