@NullMarked
package framewise.webrtc.ice;

import org.jspecify.annotations.NullMarked;
