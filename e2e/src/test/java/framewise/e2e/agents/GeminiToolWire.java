package framewise.e2e.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Gemini's generateContent with tools. Like Gemini 3, it requires its signature back. */
record GeminiToolWire() implements ToolServices.Wire {
  private static final String REPLY =
      """
      {"candidates":[{"content":{"role":"model","parts":[%s]}%s}],"modelVersion":"m",
       "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}}\
      """;
  private static final String STOP = ",\"finishReason\":\"STOP\"";
  private static final String LOOK =
      """
      {"functionCall":{"name":"look_up","args":{"place":"gate"}},"thoughtSignature":"c2lnbmVk"}\
      """;
  private static final String NOW = "{\"functionCall\":{\"name\":\"now\",\"args\":{}}}";
  private static final String WORDS = "{\"text\":\"7 boxes at noon.\"}";

  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public List<String> faults(JsonNode body) {
    var checks =
        new ToolChecks(body)
            .has(
                "/tools",
                """
                [{"functionDeclarations":[
                  {"name":"look_up","description":"Counts what is at a place","parametersJsonSchema":%s},
                  {"name":"now","parametersJsonSchema":{"type":"object","properties":{}}}]}]\
                """
                    .formatted(ToolChecks.SCHEMA))
            .has("/toolConfig", "{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}")
            .has("/systemInstruction/parts/0/text", "\"You watch a gate.\"")
            .begins("/contents/0/parts/0/inlineData/data", "/9j/")
            .has("/contents/0/parts/1/text", "\"How many boxes?\"");
    if (hasOutputs(body)) {
      checks
          .has("/contents/1", "{\"role\":\"model\",\"parts\":[%s,%s]}".formatted(LOOK, NOW))
          .has(
              "/contents/2",
              """
              {"role":"user","parts":[
               {"functionResponse":{"name":"look_up","response":{"boxes":7}}},
               {"functionResponse":{"name":"now","response":{"result":"noon"}}}]}\
              """);
    }
    return checks.faults();
  }

  @Override
  public boolean hasOutputs(JsonNode body) {
    return body.path("contents").size() > 1;
  }

  @Override
  public String calls() {
    return REPLY.formatted(LOOK + "," + NOW, STOP);
  }

  @Override
  public List<String> callEvents() {
    return ToolChecks.events(REPLY.formatted(LOOK, ""), REPLY.formatted(NOW, STOP));
  }

  @Override
  public String answer() {
    return REPLY.formatted(WORDS, STOP);
  }

  @Override
  public List<String> answerEvents() {
    return ToolChecks.events(REPLY.formatted(WORDS, STOP));
  }
}
