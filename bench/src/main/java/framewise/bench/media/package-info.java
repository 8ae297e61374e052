/** How fast pictures come out of videos, against the {@code ffmpeg} program. */
@NullMarked
package framewise.bench.media;

import org.jspecify.annotations.NullMarked;
