/** The sample video, made for users who have no video at hand. */
@NullMarked
package framewise.media.demo;

import org.jspecify.annotations.NullMarked;
