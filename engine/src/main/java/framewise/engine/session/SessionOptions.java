package framewise.engine.session;

import java.nio.file.Path;

/**
 * How sessions are kept.
 *
 * @param data the folder for videos and the database; made when missing
 * @param resume whether sessions that were streaming when the process ended go on by themselves
 * @param maxStreams how many sessions may stream at a time, at least 1
 */
public record SessionOptions(Path data, boolean resume, int maxStreams) {}
