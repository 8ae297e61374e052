package framewise.server.export;

import framewise.media.MediaTime;
import java.util.Optional;

/**
 * One cue of a subtitle file.
 *
 * @param name of its prompt, in one line; empty where it has none
 * @param start when it appears
 * @param end when it disappears
 * @param text the back end's answer
 */
record Cue(Optional<String> name, MediaTime start, MediaTime end, String text) {}
