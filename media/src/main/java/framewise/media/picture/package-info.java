/** Pictures in native memory: sizes, layouts, colours, and the conversion between them. */
@NullMarked
package framewise.media.picture;

import org.jspecify.annotations.NullMarked;
