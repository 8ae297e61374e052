/** Recaps: summaries of a session's answers over a span of time. */
@NullMarked
package framewise.engine.recap;

import org.jspecify.annotations.NullMarked;
