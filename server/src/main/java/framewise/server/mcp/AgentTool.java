package framewise.server.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.media.memory.MemoryExhaustedException;
import framewise.server.access.Caller;
import framewise.server.http.Fields;
import framewise.server.http.ProblemException;
import framewise.server.http.RouteAccess;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool for agents. Errors are results with a message for the model.
 *
 * @param name identifier in the protocol
 * @param title for display
 * @param description for the model
 * @param schema of its arguments, as JSON text
 * @param access role that a caller needs
 * @param readOnly whether it changes nothing and costs nothing
 * @param work its implementation
 */
record AgentTool(
    String name,
    String title,
    String description,
    String schema,
    RouteAccess access,
    boolean readOnly,
    Work work) {
  /** Key of the caller in the transport's context. */
  static final String CALLER = "caller";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(AgentTool.class);

  /** Implementation of a tool. */
  interface Work {
    CallToolResult call(Caller caller, Fields arguments) throws IOException, InterruptedException;
  }

  SyncToolSpecification specification(McpJsonMapper mapper) {
    Tool tool =
        Tool.builder(name, mapper, schema)
            .title(title)
            .description(description)
            .annotations(
                ToolAnnotations.builder()
                    .title(title)
                    .readOnlyHint(readOnly)
                    .destructiveHint(false)
                    .openWorldHint(!readOnly)
                    .build())
            .build();
    return new SyncToolSpecification(tool, this::call);
  }

  private CallToolResult call(McpTransportContext context, CallToolRequest request) {
    Caller caller = (Caller) context.get(CALLER);
    if (!caller.may(access)) {
      return error("This tool needs an API key with the role operator.");
    }
    ObjectNode arguments = JSON.createObjectNode();
    if (request.arguments() != null) {
      arguments.setAll((ObjectNode) JSON.valueToTree(request.arguments()));
    }
    try {
      return work.call(caller, Fields.of(arguments));
    } catch (RefusedException | MemoryExhaustedException e) {
      return error(String.valueOf(e.getMessage()));
    } catch (ProblemException e) {
      return error(e.problem().detail());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("The service is stopping.");
    } catch (IOException | RuntimeException e) {
      LOG.error("the tool {} failed with an internal error", name, e);
      return error("Internal error. The service's log has the details.");
    }
  }

  static CallToolResult error(String sentence) {
    return CallToolResult.builder().addTextContent(sentence).isError(true).build();
  }

  static CallToolResult text(ObjectNode json) {
    return CallToolResult.builder().addTextContent(json.toPrettyString()).isError(false).build();
  }
}
