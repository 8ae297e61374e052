/**
 * Measures how old answers about live video are on arrival, with the whole service in a separate
 * process.
 */
@NullMarked
package framewise.bench.latency;

import org.jspecify.annotations.NullMarked;
