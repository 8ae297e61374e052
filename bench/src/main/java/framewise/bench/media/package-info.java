/** The speed of reading pictures from videos, compared with the {@code ffmpeg} program. */
@NullMarked
package framewise.bench.media;

import org.jspecify.annotations.NullMarked;
