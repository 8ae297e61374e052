/**
 * How old an answer about live video is when it arrives, for the whole service in a separate
 * process.
 */
@NullMarked
package framewise.bench.latency;

import org.jspecify.annotations.NullMarked;
