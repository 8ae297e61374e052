package framewise.server.export;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.Writer;
import java.text.Normalizer;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;

/**
 * CSV export (RFC 4180) with a header row. New columns are added at the end, so that readers by
 * position keep working.
 */
final class CsvTable implements ResultFormat {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  @Override
  public void write(Writer out, StoredResults results) throws IOException {
    head(out);
    for (Iterator<LoggedEvent> all = results.ofEveryRun(); all.hasNext(); ) {
      row(out, all.next());
    }
  }

  private static void head(Writer out) throws IOException {
    FORMAT.printRecord(
        out,
        "seq",
        "run",
        "at",
        "start_seconds",
        "end_seconds",
        "frames",
        "prompt",
        "backend",
        "model",
        "ok",
        "result",
        "error_code",
        "error_message",
        "finish_reason",
        "inference_latency_ms",
        "total_latency_ms",
        "name",
        "input_tokens",
        "output_tokens",
        "cost_usd");
  }

  private static void row(Writer out, LoggedEvent result) throws IOException {
    JsonNode json = ExportedAnswer.of(result).json();
    JsonNode clip = json.path("clip");
    FORMAT.printRecord(
        out,
        result.seq(),
        result.run(),
        json.path("at").asText(),
        clip.path("start_seconds").asText(),
        clip.path("end_seconds").asText(),
        clip.path("frames").asText(),
        words(json.path("prompt")),
        words(json.path("backend")),
        words(json.path("model")),
        json.path("ok").asText(),
        words(json.path("result")),
        words(json.path("error").path("code")),
        words(json.path("error").path("message")),
        words(json.path("finish_reason")),
        json.path("inference_latency_ms").asText(),
        json.path("total_latency_ms").asText(),
        words(json.path("name")),
        json.path("usage").path("input_tokens").asText(),
        json.path("usage").path("output_tokens").asText(),
        plain(json.path("cost_usd")));
  }

  /** Formats without an exponent, which some spreadsheets can't read. */
  private static String plain(JsonNode number) {
    return number.isNumber() ? number.decimalValue().toPlainString() : "";
  }

  /**
   * Spreadsheets run a cell that begins with one of these as a formula; answers and prompts must
   * not be run: OWASP, "CSV Injection". Some spreadsheets treat full-width characters as their
   * narrow forms, or skip invisible ones.
   */
  static String words(JsonNode value) {
    String text = value.isNull() ? "" : value.asText();
    return isFormula(text) ? "'" + text : text;
  }

  private static boolean isFormula(String text) {
    if (!text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0) {
      return true;
    }
    return text.codePoints()
        .dropWhile(CsvTable::isUnseen)
        .limit(1)
        .mapToObj(Character::toString)
        .map(first -> Normalizer.normalize(first, Normalizer.Form.NFKC))
        // A mathematical minus sign does not change when normalized.
        .anyMatch(first -> "=+-@\u2212".contains(first.substring(0, 1)));
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
