@NullMarked
package framewise.media.decode;

import org.jspecify.annotations.NullMarked;
