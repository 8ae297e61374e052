/** The console in real Chromium, with files. */
@NullMarked
package framewise.e2e.console;

import org.jspecify.annotations.NullMarked;
