/** Video files: selected pictures read, new files written. */
@NullMarked
package framewise.media.file;

import org.jspecify.annotations.NullMarked;
