/** What streams over peer connections cost, each end in a process of its own. */
@NullMarked
package framewise.bench.webrtc;

import org.jspecify.annotations.NullMarked;
