@NullMarked
package framewise.webrtc.payload;

import org.jspecify.annotations.NullMarked;
