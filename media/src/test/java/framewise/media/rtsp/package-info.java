@NullMarked
package framewise.media.rtsp;

import org.jspecify.annotations.NullMarked;
