/** Full-text search over the answers of all sessions. */
@NullMarked
package framewise.engine.search;

import org.jspecify.annotations.NullMarked;
