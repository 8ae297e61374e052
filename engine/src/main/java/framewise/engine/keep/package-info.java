/** The newest pictures of live video, kept on disk, and any video's pictures by their time. */
@NullMarked
package framewise.engine.keep;

import org.jspecify.annotations.NullMarked;
