/** The newest pictures of live video, kept on disk, and access to any video's pictures by time. */
@NullMarked
package framewise.engine.keep;

import org.jspecify.annotations.NullMarked;
