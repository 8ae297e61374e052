/** Benchmarks of a real service: kills, delays, and questions whose right answer changes. */
@NullMarked
package framewise.bench.incidents;

import org.jspecify.annotations.NullMarked;
