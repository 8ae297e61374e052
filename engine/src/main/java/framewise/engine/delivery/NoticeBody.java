package framewise.engine.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.notice.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the body of a notice as endpoints get it: {@code {type, timestamp, data}}, less than
 * 20,000 bytes. Paths in {@code data.links} become signed URLs that expire. URLs of an incident's
 * picture and clip are added, as is the session's name. Safe for any number of threads.
 */
public final class NoticeBody {
  /** Bodies are shorter than this number of bytes. */
  public static final int LIMIT = 20_000;

  /** Link to the picture of an incident, in {@code data.links}. */
  public static final String PICTURE = "picture";

  /** Link to the page of a session, in {@code data.links}. */
  public static final String PAGE = "page";

  /** Name of the session, for people. */
  static final String SESSION = "session";

  private static final int MAX_NAME_LENGTH = 100;
  private static final String CLIP = "clip";
  private static final String LINKS = "links";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Links links;

  public NoticeBody(Links links) {
    this.links = links;
  }

  /**
   * The body as JSON.
   *
   * @param endpoint that gets it
   */
  public ObjectNode json(Notice notice, Endpoint endpoint) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", notice.content().type());
    body.put("timestamp", notice.content().at().toString());
    ObjectNode data = data(notice);
    Optional<SessionId> about = notice.content().session();
    about
        .flatMap(links::name)
        .ifPresent(name -> data.put(SESSION, ShownText.of(name, MAX_NAME_LENGTH)));
    about.ifPresent(session -> addLinks(notice, session, endpoint, data));
    body.set("data", data);
    if (bytes(body).length >= LIMIT) {
      data.remove(List.of(LINKS, SESSION));
    }
    return body;
  }

  /** A body as it is sent. */
  public static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void addLinks(Notice notice, SessionId session, Endpoint endpoint, ObjectNode data) {
    ObjectNode all = data.get(LINKS) instanceof ObjectNode own ? own : JSON.createObjectNode();
    if (notice.content().type().startsWith("incident.")) {
      String incident = "/incidents/" + notice.content().subject();
      putIfMissing(all, PICTURE, incident + "/picture.jpg");
      putIfMissing(all, CLIP, incident + "/clip.mp4");
    }
    List<Map.Entry<String, JsonNode>> paths = new ArrayList<>(all.properties());
    for (Map.Entry<String, JsonNode> path : paths) {
      if (path.getValue().asText().startsWith("/")) {
        Optional<String> signed = links.signed(path.getValue().asText(), session, endpoint);
        all.remove(path.getKey());
        signed.ifPresent(address -> all.put(path.getKey(), address));
      }
    }
    links.page(session).ifPresent(page -> all.put(PAGE, page));
    if (!all.isEmpty()) {
      data.set(LINKS, all);
    } else {
      data.remove(LINKS);
    }
  }

  private static void putIfMissing(ObjectNode all, String name, String path) {
    if (!all.has(name)) {
      all.put(name, path);
    }
  }

  private static ObjectNode data(Notice notice) {
    try {
      return (ObjectNode) JSON.readTree(notice.content().data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored notice is damaged", e);
    }
  }
}
