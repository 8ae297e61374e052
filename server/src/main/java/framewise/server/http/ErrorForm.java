package framewise.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How errors are written, and to which pages, below a part of the service that speaks somebody
 * else's API. Everywhere else they are {@link Problem} documents.
 */
public interface ErrorForm {
  /** Problem documents everywhere. */
  ErrorForm NONE =
      new ErrorForm() {
        @Override
        public boolean covers(String path) {
          return false;
        }

        @Override
        public String json(Problem problem) {
          return problem.json().toString();
        }
      };

  /** Whether this path is below that part. */
  boolean covers(String path);

  /** The body for a problem, in JSON. */
  String json(Problem problem);

  /** The type and the bytes of the answer on this path. */
  default Body body(Optional<String> path, Problem problem) {
    return path.filter(this::covers).isPresent()
        ? new Body("application/json", json(problem))
        : new Body(Problem.CONTENT_TYPE, problem.json().toString());
  }

  /** What is sent. */
  record Body(String contentType, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
