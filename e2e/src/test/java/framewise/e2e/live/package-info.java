/** Webcams, screens, cameras and senders in the console. */
@NullMarked
package framewise.e2e.live;

import org.jspecify.annotations.NullMarked;
