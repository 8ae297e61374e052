package framewise.e2e.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** OpenAI's chat completions with tools, which local servers use as well. */
record OpenAiToolWire(String name) implements ToolServices.Wire {
  private static final String CHUNK =
      """
      {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\
      """;
  private static final String WHOLE =
      """
      {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":%s,"finish_reason":"%s"}],
       "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}\
      """;
  private static final String CALLS =
      """
      [{"id":"call_1","type":"function","function":{"name":"look_up","arguments":"{\\"place\\":\\"gate\\"}"}},
       {"id":"call_2","type":"function","function":{"name":"now","arguments":"{}"}}]\
      """;

  @Override
  public List<String> faults(JsonNode body) {
    var checks =
        new ToolChecks(body)
            .has(
                "/tools",
                """
                [{"type":"function","function":{"name":"look_up","description":"Counts what is at a place",
                  "parameters":%s,"strict":true}},
                 {"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}}]\
                """
                    .formatted(ToolChecks.SCHEMA))
            .has("/tool_choice", "\"auto\"")
            .has("/parallel_tool_calls", "true")
            .has("/messages/0", "{\"role\":\"system\",\"content\":\"You watch a gate.\"}")
            .begins("/messages/1/content/0/image_url/url", "data:image/jpeg;base64,/9j/")
            .has("/messages/1/content/1/text", "\"How many boxes?\"");
    if (hasOutputs(body)) {
      checks
          .has(
              "/messages/2",
              "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":%s}".formatted(CALLS))
          .has(
              "/messages/3",
              "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"{\\\"boxes\\\":7}\"}")
          .has(
              "/messages/4",
              "{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"noon\"}");
    }
    return checks.faults();
  }

  @Override
  public boolean hasOutputs(JsonNode body) {
    return body.path("messages").size() > 2;
  }

  @Override
  public String calls() {
    return WHOLE.formatted(
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":%s}".formatted(CALLS),
        "tool_calls");
  }

  @Override
  public List<String> callEvents() {
    return ToolChecks.events(
        CHUNK.formatted(
            """
            {"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look_up","arguments":"{\\"pla"}}]}\
            """,
            "null"),
        CHUNK.formatted(
            """
            {"tool_calls":[{"index":0,"function":{"arguments":"ce\\":\\"gate\\"}"}}]}\
            """,
            "null"),
        CHUNK.formatted(
            """
            {"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"now","arguments":"{}"}}]}\
            """,
            "null"),
        CHUNK.formatted("{}", "\"tool_calls\""),
        "[DONE]");
  }

  @Override
  public String answer() {
    return WHOLE.formatted("{\"role\":\"assistant\",\"content\":\"7 boxes at noon.\"}", "stop");
  }

  @Override
  public List<String> answerEvents() {
    return ToolChecks.events(
        CHUNK.formatted("{\"content\":\"7 boxes\"}", "null"),
        CHUNK.formatted("{\"content\":\" at noon.\"}", "null"),
        CHUNK.formatted("{}", "\"stop\""),
        "[DONE]");
  }
}
