/** The list of the services that are asked clip by clip. */
@NullMarked
package framewise.vision.provider;

import org.jspecify.annotations.NullMarked;
