package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import framewise.overshoot.Secret;
import framewise.overshoot.wire.AbsentFields;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TURN relay.
 *
 * @param urls its addresses; a single one is a plain string on the wire, as clients expect
 * @param username the user name
 * @param credential the password; empty if missing
 */
public record TurnServer(
    @JsonFormat(
            with = {
              JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
            })
        List<String> urls,
    String username,
    Secret credential) {
  public TurnServer {
    urls = List.copyOf(Objects.requireNonNull(urls, "urls"));
    username = AbsentFields.orEmpty(username);
    credential = orNone(credential);
  }

  private static Secret orNone(@Nullable Secret credential) {
    return credential == null ? Secret.of("") : credential;
  }
}
