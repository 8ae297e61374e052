package framewise.server.mcp;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.access.Keys;
import framewise.server.http.CallsElsewhere;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.SignedBody;
import framewise.server.v1beta.stream.PulledStreams;
import framewise.time.WallClock;
import io.javalin.http.Context;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/**
 * {@code POST /mcp}: tools and resources for agents over MCP's streamable HTTP. Stateless: no
 * session is kept for an agent.
 */
public final class AgentApi implements AutoCloseable {
  private static final String PATH = "/mcp";
  private static final String ANSWERS = "framewise://sessions/{id}/answers";
  private static final Pattern ANSWERS_OF =
      Pattern.compile("framewise://sessions/([^/]{1,200})/answers");
  private static final int MAX_ANSWERS = 500;
  private static final int MAX_REQUEST_LENGTH = 1 << 20;

  private static final ObjectNode TOO_LONG =
      AgentRequest.error(
          null,
          McpSchema.ErrorCodes.INVALID_REQUEST,
          "The body is longer than %d MB.".formatted(MAX_REQUEST_LENGTH >> 20));

  /** Time limit of a call: a model may take a minute, and so may a second one. */
  public static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The transport writes exceptions as JSON; their stack traces are not for clients. */
  @JsonIgnoreProperties({"stackTrace", "cause", "suppressed", "localizedMessage"})
  private interface WithoutTrace {}

  private static final String INSTRUCTIONS =
      "Framewise watches video: cameras, published streams and files. list_streams says what there"
          + " is; look asks about the newest picture of a stream and returns it; search_answers and"
          + " get_recap read what was answered before, free of charge.";

  private final Keys keys;
  private final AgentSessions visible;
  private final Optional<CallsElsewhere> elsewhere;
  private final Set<String> changing;
  private final HttpServletStatelessServerTransport transport;
  private final McpStatelessSyncServer server;

  /**
   * @param threads read and decode pictures
   * @param version of the service
   * @param elsewhere answers calls about sessions of other nodes; empty where there are none
   */
  public AgentApi(
      Sessions sessions,
      AccessControl access,
      PlatformThreads threads,
      String version,
      Optional<CallsElsewhere> elsewhere,
      WallClock clock) {
    this.elsewhere = elsewhere;
    this.keys = access.keys();
    this.visible = new AgentSessions(sessions, access.grants());
    var mapper =
        new JacksonMcpJsonMapper(new ObjectMapper().addMixIn(Throwable.class, WithoutTrace.class));
    this.transport =
        HttpServletStatelessServerTransport.builder()
            .jsonMapper(mapper)
            .messageEndpoint(PATH)
            .maxRequestSize(MAX_REQUEST_LENGTH)
            .contextExtractor(
                request -> McpTransportContext.create(Map.of(AgentTool.CALLER, Caller.of(request))))
            .build();
    List<AgentTool> all =
        Stream.concat(
                new StreamTools(sessions, visible).tools().stream(),
                new LookTools(sessions, visible, new PulledStreams(sessions, clock), threads)
                    .tools().stream())
            .toList();
    this.changing =
        all.stream()
            .filter(tool -> !tool.readOnly())
            .map(AgentTool::name)
            .collect(Collectors.toUnmodifiableSet());
    List<SyncToolSpecification> tools =
        all.stream().map(tool -> tool.specification(mapper)).toList();
    this.server =
        McpServer.sync(transport)
            .serverInfo("framewise", version)
            .instructions(INSTRUCTIONS)
            .capabilities(ServerCapabilities.builder().tools(false).resources(false, false).build())
            .jsonMapper(mapper)
            .jsonSchemaValidator(new DefaultJsonSchemaValidator())
            // A call that waits blocks its request's virtual thread, and none of the library's.
            .immediateExecution(true)
            .requestTimeout(TIMEOUT)
            .tools(tools)
            .resourceTemplates(
                new SyncResourceTemplateSpecification(
                    ResourceTemplate.builder(ANSWERS, "answers")
                        .title("Answers of a stream")
                        .description(
                            "The newest stored answers of a session, one JSON object a line")
                        .mimeType("application/jsonl")
                        .build(),
                    this::answers))
            .build();
  }

  public List<Route> routes() {
    return List.of(Route.post(PATH, RouteAccess.VIEWER, this::call));
  }

  @Override
  public void close() {
    server.close();
  }

  private void call(Context context) throws ServletException, IOException, InterruptedException {
    var _ = keys.admit(context);
    byte[] body =
        elsewhere.isPresent()
            ? SignedBody.keep(context)
            : context.req().getInputStream().readNBytes(MAX_REQUEST_LENGTH + 1);
    Optional<ObjectNode> fault =
        body.length > MAX_REQUEST_LENGTH ? Optional.of(TOO_LONG) : AgentRequest.fault(body);
    if (fault.isPresent()) {
      boolean tooLong = body.length > MAX_REQUEST_LENGTH;
      context.status(tooLong ? HttpStatus.PAYLOAD_TOO_LARGE_413 : HttpStatus.BAD_REQUEST_400);
      Reply.json(context, fault.get());
      return;
    }
    Optional<SessionId> changed =
        elsewhere.isPresent() ? changed(body, Caller.of(context)) : Optional.empty();
    if (changed.isEmpty() || !elsewhere.orElseThrow().forward(context, changed.get())) {
      transport.service(new RereadRequest(context.req(), body), context.res());
    }
  }

  /** The session in which a call stores something; empty where it stores nothing, or fails. */
  private Optional<SessionId> changed(byte[] body, Caller caller) {
    try {
      JsonNode call = JSON.readTree(body);
      String stream = call.at("/params/arguments/stream").asText();
      return call.path("method").asText().equals("tools/call")
              && changing.contains(call.at("/params/name").asText())
              && !stream.isEmpty()
          ? Optional.of(visible.owned(caller, stream).id())
          : Optional.empty();
    } catch (IOException | RefusedException answeredHere) {
      return Optional.empty();
    }
  }

  private ReadResourceResult answers(McpTransportContext context, ReadResourceRequest request) {
    Caller caller = (Caller) context.get(AgentTool.CALLER);
    Matcher uri = ANSWERS_OF.matcher(request.uri());
    Optional<Session> session = Optional.empty();
    if (uri.matches()) {
      try {
        session = Optional.of(visible.named(caller, uri.group(1)));
      } catch (RefusedException unknown) {
        session = Optional.empty();
      }
    }
    AgentResults.ResultLines newest =
        session
            .map(found -> AgentResults.newest(found, MAX_ANSWERS))
            .orElseThrow(
                () ->
                    McpError.builder(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND)
                        .message("There is no resource " + request.uri())
                        .build());
    return ReadResourceResult.builder(
            List.of(
                TextResourceContents.builder(request.uri(), newest.lines())
                    .mimeType("application/jsonl")
                    .meta(Map.of("framewise/whole", newest.whole()))
                    .build()))
        .build();
  }
}
