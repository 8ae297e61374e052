/** Recaps: what the answers of a session said in a span of time. */
@NullMarked
package framewise.engine.recap;

import org.jspecify.annotations.NullMarked;
