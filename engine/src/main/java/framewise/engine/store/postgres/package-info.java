/** Storage in PostgreSQL, for more than one machine. */
@NullMarked
package framewise.engine.store.postgres;

import org.jspecify.annotations.NullMarked;
