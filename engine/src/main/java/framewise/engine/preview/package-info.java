/** Preview: a session's pictures for viewers. */
@NullMarked
package framewise.engine.preview;

import org.jspecify.annotations.NullMarked;
