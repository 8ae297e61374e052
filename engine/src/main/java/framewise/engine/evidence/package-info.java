/** Store of what was sent to services, for later inspection. */
@NullMarked
package framewise.engine.evidence;

import org.jspecify.annotations.NullMarked;
