/** Questions about a span of the past: of a file, or of the kept pictures of live video. */
@NullMarked
package framewise.engine.lookback;

import org.jspecify.annotations.NullMarked;
