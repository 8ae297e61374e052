package framewise.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

  /** The form of the first that covers a path; they cover different ones. */
  static ErrorForm firstOf(List<ErrorForm> forms) {
    return new ErrorForm() {
      @Override
      public boolean covers(String path) {
        return forms.stream().anyMatch(form -> form.covers(path));
      }

      @Override
      public String json(Problem problem) {
        return problem.json().toString();
      }

      @Override
      public Body body(Optional<String> path, Problem problem) {
        return forms.stream()
            .filter(form -> path.filter(form::covers).isPresent())
            .findFirst()
            .orElse(NONE)
            .body(path, problem);
      }
    };
  }

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
