package framewise.server.command.replay;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to replay, and what to change. Empty fields stay as recorded.
 *
 * @param prompt asked instead of the recorded question
 * @param question name of the only question to replay
 * @param run number of the run; empty for the newest that played the video
 */
public record ReplayRequest(
    Optional<String> backend,
    Optional<String> model,
    Optional<String> prompt,
    Optional<String> question,
    OptionalInt run) {}
