/**
 * Measures the CPU time and memory of streams over peer connections, with each end in a separate
 * process.
 */
@NullMarked
package framewise.bench.webrtc;

import org.jspecify.annotations.NullMarked;
