package framewise.e2e.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Anthropic's Messages API with tools. */
record AnthropicToolWire() implements ToolServices.Wire {
  private static final String WHOLE =
      """
      {"id":"m1","type":"message","role":"assistant","model":"m","content":[%s],"stop_reason":"%s",
       "usage":{"input_tokens":10,"output_tokens":5}}\
      """;
  private static final String CALLS =
      """
      {"type":"tool_use","id":"toolu_1","name":"look_up","input":{"place":"gate"}},
      {"type":"tool_use","id":"toolu_2","name":"now","input":{}}\
      """;

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public List<String> faults(JsonNode body) {
    var checks =
        new ToolChecks(body)
            .has(
                "/tools",
                """
                [{"name":"look_up","description":"Counts what is at a place","input_schema":%s,"strict":true},
                 {"name":"now","input_schema":{"type":"object","properties":{}}}]\
                """
                    .formatted(ToolChecks.SCHEMA))
            .has("/tool_choice", "{\"type\":\"auto\"}")
            .has("/system/0/text", "\"You watch a gate.\"")
            .begins("/messages/0/content/0/source/data", "/9j/")
            .has("/messages/0/content/1/text", "\"How many boxes?\"");
    if (hasOutputs(body)) {
      checks
          .has("/messages/1", "{\"role\":\"assistant\",\"content\":[%s]}".formatted(CALLS))
          .has(
              "/messages/2",
              """
              {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"toolu_1","content":"{\\"boxes\\":7}"},
               {"type":"tool_result","tool_use_id":"toolu_2","content":"noon"}]}\
              """);
    }
    return checks.faults();
  }

  @Override
  public boolean hasOutputs(JsonNode body) {
    return body.path("messages").size() > 1;
  }

  @Override
  public String calls() {
    return WHOLE.formatted(CALLS, "tool_use");
  }

  @Override
  public List<String> callEvents() {
    return ToolChecks.events(
        """
        {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"look_up","input":{}}}\
        """,
        delta(0, ""),
        delta(0, "{\\\"place\\\":"),
        delta(0, " \\\"gate\\\"}"),
        "{\"type\":\"content_block_stop\",\"index\":0}",
        """
        {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}\
        """,
        "{\"type\":\"content_block_stop\",\"index\":1}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":5}}",
        "{\"type\":\"message_stop\"}");
  }

  @Override
  public String answer() {
    return WHOLE.formatted("{\"type\":\"text\",\"text\":\"7 boxes at noon.\"}", "end_turn");
  }

  @Override
  public List<String> answerEvents() {
    return ToolChecks.events(
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"7"
            + " boxes at noon.\"}}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}}",
        "{\"type\":\"message_stop\"}");
  }

  private static String delta(int index, String json) {
    return """
    {"type":"content_block_delta","index":%d,"delta":{"type":"input_json_delta","partial_json":"%s"}}\
    """
        .formatted(index, json);
  }
}
