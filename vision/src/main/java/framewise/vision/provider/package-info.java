/** The list of services that answer clip by clip. */
@NullMarked
package framewise.vision.provider;

import org.jspecify.annotations.NullMarked;
