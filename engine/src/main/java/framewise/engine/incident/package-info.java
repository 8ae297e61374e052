/** Incidents that watches open, with pictures that are kept longer than those of the session. */
@NullMarked
package framewise.engine.incident;

import org.jspecify.annotations.NullMarked;
