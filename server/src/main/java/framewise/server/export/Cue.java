package framewise.server.export;

import framewise.media.MediaTime;
import java.util.Optional;

/**
 * One answer of a subtitle file.
 *
 * @param name of its prompt, in one line; empty where it has none
 * @param start when it is shown
 * @param end when it is not any more
 * @param text as the back end answered
 */
record Cue(Optional<String> name, MediaTime start, MediaTime end, String text) {}
