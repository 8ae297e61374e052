/**
 * Measures the CPU time and memory that live cameras by URL take, with the whole service in a
 * separate process.
 */
@NullMarked
package framewise.bench.live;

import org.jspecify.annotations.NullMarked;
