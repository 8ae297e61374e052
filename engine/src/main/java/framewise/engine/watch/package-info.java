/** Watches: conditions on the answers of sessions, and when they open and end incidents. */
@NullMarked
package framewise.engine.watch;

import org.jspecify.annotations.NullMarked;
