package framewise.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Error format and page rules of a part of the service that implements another vendor's API. All
 * other paths use {@link Problem} documents.
 */
public interface ErrorForm {
  /** Problem documents on all paths. */
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

  /** Uses the form that covers a path; at most one of them does. */
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

  /** Whether this path belongs to that part. */
  boolean covers(String path);

  /** JSON body for a problem. */
  String json(Problem problem);

  /** Content type and body for a problem on this path. */
  default Body body(Optional<String> path, Problem problem) {
    return path.filter(this::covers).isPresent()
        ? new Body("application/json", json(problem))
        : new Body(Problem.CONTENT_TYPE, problem.json().toString());
  }

  /** Content type and body. */
  record Body(String contentType, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
