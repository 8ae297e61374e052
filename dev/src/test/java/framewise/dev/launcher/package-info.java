/** The launcher, run as a person runs it. */
@NullMarked
package framewise.dev.launcher;

import org.jspecify.annotations.NullMarked;
