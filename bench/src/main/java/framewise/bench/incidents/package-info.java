/** Drives that run a real service: kills, delays, and questions whose truth changes. */
@NullMarked
package framewise.bench.incidents;

import org.jspecify.annotations.NullMarked;
