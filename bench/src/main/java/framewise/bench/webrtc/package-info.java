/** The cost of streams over peer connections, each end in a separate process. */
@NullMarked
package framewise.bench.webrtc;

import org.jspecify.annotations.NullMarked;
