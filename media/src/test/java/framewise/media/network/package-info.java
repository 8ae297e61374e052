@NullMarked
package framewise.media.network;

import org.jspecify.annotations.NullMarked;
