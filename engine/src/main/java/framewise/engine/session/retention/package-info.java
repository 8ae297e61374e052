/** How long sessions and their data are kept, and counts of what was deleted. */
@NullMarked
package framewise.engine.session.retention;

import org.jspecify.annotations.NullMarked;
