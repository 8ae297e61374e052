/** Live video and video at URLs, read as it arrives. */
@NullMarked
package framewise.media.live;

import org.jspecify.annotations.NullMarked;
