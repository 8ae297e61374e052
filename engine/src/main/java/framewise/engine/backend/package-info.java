/** Access to back ends: concurrency limits, circuit breakers and fallbacks. */
@NullMarked
package framewise.engine.backend;

import org.jspecify.annotations.NullMarked;
