@NullMarked
package framewise.server.livekit;

import org.jspecify.annotations.NullMarked;
