@NullMarked
package framewise.media.live;

import org.jspecify.annotations.NullMarked;
