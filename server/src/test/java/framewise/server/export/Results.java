package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Results as the log holds them, for tests. */
final class Results {
  private Results() {}

  /** One that was answered; the text is put into the JSON as it is. */
  static LoggedEvent answered(long seq, double start, double end, String jsonText) {
    return result(seq, start, end, "\"result\":\"" + jsonText + "\",\"ok\":true,\"error\":null");
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
    format.begin(out);
    for (LoggedEvent result : results) {
      format.write(out, result);
    }
    format.end(out);
    return out.toString();
  }

  private static LoggedEvent result(long seq, double start, double end, String outcome) {
    String json =
        "{\"type\":\"result\",\"seq\":%d,\"at\":\"2026-11-22T10:00:00Z\",\"prompt\":\"@who\",\"backend\":\"builtin\",\"model\":\"m\",%s,\"finish_reason\":null,\"clip\":{\"index\":0,\"start_seconds\":%s,\"end_seconds\":%s,\"frames\":1},\"inference_latency_ms\":1.5,\"total_latency_ms\":2.5}"
            .formatted(seq, outcome, start, end);
    return new LoggedEvent(seq, 1, "result", json);
  }
}
