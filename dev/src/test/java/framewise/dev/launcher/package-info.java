/** The launcher, run as users run it. */
@NullMarked
package framewise.dev.launcher;

import org.jspecify.annotations.NullMarked;
