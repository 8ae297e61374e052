/** Live video in the console: webcams, screens, cameras and WHIP senders. */
@NullMarked
package framewise.e2e.live;

import org.jspecify.annotations.NullMarked;
