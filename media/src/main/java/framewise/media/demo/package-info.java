/** The clip that the service draws for those who have no video at hand. */
@NullMarked
package framewise.media.demo;

import org.jspecify.annotations.NullMarked;
