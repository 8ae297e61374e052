package framewise.engine.keep;

import framewise.media.MediaTime;
import java.time.Instant;

/**
 * Metadata of one picture of a video.
 *
 * @param index number in the session, from 0
 * @param time since the video's first picture
 * @param at when it was taken, by wall-clock time
 * @param width pixels
 * @param height pixels
 * @param bytes size of its JPEG in bytes; 0 if it is not encoded yet
 */
public record KeptFrame(long index, MediaTime time, Instant at, int width, int height, int bytes) {}
