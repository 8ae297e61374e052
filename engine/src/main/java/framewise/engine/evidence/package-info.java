/** What services were sent, kept to be looked at afterwards. */
@NullMarked
package framewise.engine.evidence;

import org.jspecify.annotations.NullMarked;
