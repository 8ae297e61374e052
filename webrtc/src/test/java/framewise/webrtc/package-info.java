@NullMarked
package framewise.webrtc;

import org.jspecify.annotations.NullMarked;
