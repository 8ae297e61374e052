/** Endpoints that get notices, and the deliveries to them: queued, retried, replayed. */
@NullMarked
package framewise.engine.delivery;

import org.jspecify.annotations.NullMarked;
