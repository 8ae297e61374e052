@NullMarked
package framewise.engine.evidence;

import org.jspecify.annotations.NullMarked;
