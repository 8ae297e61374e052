/** The summary of a test run, from Surefire's reports. */
@NullMarked
package framewise.dev.report;

import org.jspecify.annotations.NullMarked;
