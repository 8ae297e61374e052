package framewise.engine.keep;

import framewise.media.MediaTime;
import java.time.Instant;

/**
 * One picture of a video, with its place in it.
 *
 * @param index its number in the life of the video, from 0
 * @param time since the video's first picture
 * @param at when it was taken, by the clock on the wall
 * @param width pixels
 * @param height pixels
 * @param bytes of its JPEG; 0 where it is not encoded yet
 */
public record KeptFrame(long index, MediaTime time, Instant at, int width, int height, int bytes) {}
