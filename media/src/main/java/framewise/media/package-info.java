@NullMarked
package framewise.media;

import org.jspecify.annotations.NullMarked;
