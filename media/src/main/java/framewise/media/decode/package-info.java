/** Decoders, and what containers say about the streams in them; for files and live video. */
@NullMarked
package framewise.media.decode;

import org.jspecify.annotations.NullMarked;
