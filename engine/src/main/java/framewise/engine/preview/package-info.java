/** What a session's run looks at, for people who look on. */
@NullMarked
package framewise.engine.preview;

import org.jspecify.annotations.NullMarked;
