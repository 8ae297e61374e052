/**
 * Benchmarks of a real service: its behaviour after kills, its delays, and questions whose right
 * answer changes.
 */
@NullMarked
package framewise.bench.incidents;

import org.jspecify.annotations.NullMarked;
