package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logged results for tests. */
final class Results {
  private Results() {}

  /** A successful result; the text goes into the JSON unchanged. */
  static LoggedEvent answered(long seq, double start, double end, String jsonText) {
    return result(seq, start, end, "\"result\":\"" + jsonText + "\",\"ok\":true,\"error\":null");
  }

  /** An answer to one of several prompts. */
  static LoggedEvent named(String name, long seq, double start, String jsonText) {
    LoggedEvent result = answered(seq, start, start + 0.1, jsonText);
    String json = result.json().replace("\"prompt\":", "\"name\":\"" + name + "\",\"prompt\":");
    return new LoggedEvent(seq, 1, "result", json);
  }

  static LoggedEvent failed(long seq, double start, double end) {
    return result(
        seq,
        start,
        end,
        "\"result\":\"\",\"ok\":false,\"error\":{\"code\":\"timeout\",\"message\":\"=slow\"}");
  }

  static String write(ResultFormat format, List<LoggedEvent> results) throws IOException {
    var out = new StringWriter();
    format.write(out, new Listed(results));
    return out.toString();
  }

  private record Listed(List<LoggedEvent> results) implements StoredResults {
    @Override
    public Iterator<LoggedEvent> ofEveryRun() {
      return results.iterator();
    }

    @Override
    public List<Iterator<LoggedEvent>> ofEachPrompt() {
      Map<String, List<LoggedEvent>> prompts = new LinkedHashMap<>();
      for (LoggedEvent result : results) {
        String name = ExportedAnswer.of(result).json().path("name").asText();
        prompts.computeIfAbsent(name, _ -> new ArrayList<>()).add(result);
      }
      return prompts.values().stream().map(List::iterator).toList();
    }
  }

  private static LoggedEvent result(long seq, double start, double end, String outcome) {
    String json =
        "{\"type\":\"result\",\"seq\":%d,\"at\":\"2026-11-22T10:00:00Z\",\"prompt\":\"@who\",\"backend\":\"builtin\",\"model\":\"m\",%s,\"finish_reason\":null,\"clip\":{\"index\":0,\"start_seconds\":%s,\"end_seconds\":%s,\"frames\":1},\"inference_latency_ms\":1.5,\"total_latency_ms\":2.5}"
            .formatted(seq, outcome, start, end);
    return new LoggedEvent(seq, 1, "result", json);
  }
}
