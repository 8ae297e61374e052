/** Compresses the events of a session's log. */
@NullMarked
package framewise.engine.result.packing;

import org.jspecify.annotations.NullMarked;
