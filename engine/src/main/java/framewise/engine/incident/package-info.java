/** Incidents: what watches found, with pictures that outlive those of the session. */
@NullMarked
package framewise.engine.incident;

import org.jspecify.annotations.NullMarked;
